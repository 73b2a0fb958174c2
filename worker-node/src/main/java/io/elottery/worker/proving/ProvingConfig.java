package io.elottery.worker.proving;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;

/**
 * What a worker must reach.
 *
 * @param flush {@code capacity.flush-p99} (50 ms): 99 of 100 flushes to its disk take at most so
 *     long; too low: a busy disk is called failing; too high: every ticket waits for it
 * @param canary {@code capacity.canary} (500 ms): a command through the ledger takes at most so
 *     long, on every shard held
 * @param worse {@code capacity.worse} (4): so many times worse than its own median before is
 *     failing too, even within the limits
 */
public record ProvingConfig(Duration flush, Duration canary, int worse) {
  /** The defaults. */
  public static final ProvingConfig STANDARD =
      new ProvingConfig(Duration.ofMillis(50), Duration.ofMillis(500), 4);

  /** Reads the keys. */
  public static ProvingConfig from(ConfigSource source) {
    return new ProvingConfig(
        source.duration("capacity.flush-p99", STANDARD.flush),
        source.duration("capacity.canary", STANDARD.canary),
        source.integer("capacity.worse", STANDARD.worse, 2, 1000));
  }
}
