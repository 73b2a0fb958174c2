package io.elottery.ledger.mailroom;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;

/**
 * How patient a mailroom is.
 *
 * @param attempt how long one server may take before the next is asked, default 800 ms; too low
 *     asks twice for what is only slow, too high waits for a stopped writer
 * @param pause between two attempts while nobody writes, default 25 ms; doubles up to 200 ms, each
 *     time all candidates were asked in vain. Of the calls to one shard one tries; the rest wait
 * @param most deliveries under way at once, default 20,000; one more is answered busy
 */
public record MailroomConfig(Duration attempt, Duration pause, int most) {
  /** Checks the ranges. */
  public MailroomConfig {
    if (attempt.isNegative() || attempt.isZero() || pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException("mailroom: attempt and pause must be longer than zero");
    }
    if (most < 1) {
      throw new IllegalArgumentException("mailroom.most " + most + ": expected 1 or more");
    }
  }

  /** The defaults. */
  public static MailroomConfig defaults() {
    return new MailroomConfig(Duration.ofMillis(800), Duration.ofMillis(25), 20_000);
  }

  /** Reads {@code mailroom.attempt}, {@code mailroom.pause} and {@code mailroom.most}. */
  public static MailroomConfig from(ConfigSource config) {
    MailroomConfig defaults = defaults();
    return new MailroomConfig(
        config.duration("mailroom.attempt", defaults.attempt),
        config.duration("mailroom.pause", defaults.pause),
        config.integer("mailroom.most", defaults.most, 1, 1_000_000));
  }
}
