package io.elottery.worker.sharing;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;

/**
 * When a worker hands work on.
 *
 * @param queueAge {@code overload.queue-age} (100 ms): commands that wait longer mean overload
 * @param processor {@code overload.processor} (85): percent of the processors above which it is; 0
 *     = only the queue counts, for servers that share their processors with others
 * @param lasts {@code overload.lasts} (5 s): so long before anything moves; too low: a burst moves
 *     writers; too high: players wait
 * @param movesPerMinute {@code sharing.moves-per-minute} (12): writers it moves at most
 * @param returnAfter {@code sharing.return-after} (60 s): so long a shard stays before the
 *     preferred writer gets it back, and so long that one must have been calm; 0 = never
 * @param restoredAfter {@code sharing.restored-after} (5 s): so long a preferred writer that was
 *     away must have kept up before it gets its shard back; 0 = never; too low: one that comes and
 *     goes moves writers each time
 */
public record SharingConfig(
    Duration queueAge,
    int processor,
    Duration lasts,
    int movesPerMinute,
    Duration returnAfter,
    Duration restoredAfter) {
  /** The defaults. */
  public static final SharingConfig STANDARD =
      new SharingConfig(
          Duration.ofMillis(100),
          85,
          Duration.ofSeconds(5),
          12,
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  private static final int FULL = 1000;

  /** Reads the keys. */
  public static SharingConfig from(ConfigSource source) {
    return new SharingConfig(
        source.duration("overload.queue-age", STANDARD.queueAge),
        source.integer("overload.processor", STANDARD.processor, 0, 100),
        source.duration("overload.lasts", STANDARD.lasts),
        source.integer("sharing.moves-per-minute", STANDARD.movesPerMinute, 0, 1000),
        source.duration("sharing.return-after", STANDARD.returnAfter),
        source.duration("sharing.restored-after", STANDARD.restoredAfter));
  }

  /** From so much load on a worker is overloaded, permille. */
  public int limit() {
    return (processor == 0 ? STANDARD.processor : processor) * 10;
  }

  /**
   * How busy a worker calls itself: the worse of its processor and its queue, so scaled that {@link
   * #limit} is where either means overload.
   *
   * @param used 0 … 1 of all processors; negative when not known
   */
  public int permille(double used, Duration oldest) {
    double byQueue = (double) oldest.toNanos() / Math.max(1, queueAge.toNanos()) * limit();
    double byProcessor = processor == 0 ? 0 : Math.max(0, used) * FULL;
    return (int) Math.min(FULL, Math.max(byProcessor, byQueue));
  }
}
