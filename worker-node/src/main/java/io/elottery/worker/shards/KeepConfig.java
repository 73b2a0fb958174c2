package io.elottery.worker.shards;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.lottery.command.ForgetEnded;
import java.time.Duration;

/**
 * How long what has ended stays answerable.
 *
 * @param keep {@code ledger.keep}, default 400 days: draws and their tickets leave memory so long
 *     after their end; less than 21 days is refused, more takes more memory
 */
public record KeepConfig(Duration keep) {
  private static final Duration DEFAULT = Duration.ofDays(400);

  /** The default. */
  public static KeepConfig defaults() {
    return new KeepConfig(DEFAULT);
  }

  /** Reads the key above. */
  public static KeepConfig from(ConfigSource source) {
    Duration keep = source.duration("ledger.keep", DEFAULT);
    if (keep.compareTo(ForgetEnded.KEEP_MIN) < 0) {
      source.refuse("ledger.keep", "expected " + ForgetEnded.KEEP_MIN.toDays() + "d or more");
      return defaults();
    }
    return new KeepConfig(keep);
  }
}
