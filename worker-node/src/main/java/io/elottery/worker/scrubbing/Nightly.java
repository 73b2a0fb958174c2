package io.elottery.worker.scrubbing;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When a worker scrubs by itself: once a day, at most an hour after the time that is configured, so
 * that the copies of a shard are not all read at the same time.
 *
 * @param at UTC; empty for never
 */
public record Nightly(Optional<LocalTime> at) {
  private static final String KEY = "ledger.scrub";
  private static final String NEVER = "off";
  private static final long SPREAD_SECONDS = 3600;

  /** Reads {@code ledger.scrub}: {@code 03:00} (UTC) by default, or {@code off}. */
  public static Nightly from(ConfigSource source) {
    String text = source.text(KEY, "03:00");
    if (text.equals(NEVER)) {
      return new Nightly(Optional.empty());
    }
    try {
      return new Nightly(Optional.of(LocalTime.parse(text)));
    } catch (DateTimeParseException wrong) {
      source.refuse(KEY, "expected a time of day in UTC such as 03:00, or off");
      return new Nightly(Optional.empty());
    }
  }

  /** The next time after that one. */
  Optional<Instant> next(NodeId worker, Instant after) {
    Duration spread = Duration.ofSeconds(Math.floorMod(worker.name().hashCode(), SPREAD_SECONDS));
    return at.map(
        time -> {
          Instant today =
              after
                  .atOffset(ZoneOffset.UTC)
                  .toLocalDate()
                  .atTime(time)
                  .toInstant(ZoneOffset.UTC)
                  .plus(spread);
          Instant yesterday = today.minus(Duration.ofDays(1));
          Instant due = yesterday.isAfter(after) ? yesterday : today;
          return due.isAfter(after) ? due : due.plus(Duration.ofDays(1));
        });
  }
}
