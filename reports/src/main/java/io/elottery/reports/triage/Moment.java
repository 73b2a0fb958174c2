package io.elottery.reports.triage;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * Now, by both clocks.
 *
 * @param wall for people
 * @param nanos monotonic, for measuring
 */
public record Moment(Instant wall, long nanos) {
  /** Both clocks read at once. */
  public static Moment of(Time time) {
    return new Moment(time.now(), time.nanos());
  }

  /** Whether the other one is not longer ago than that; makes no garbage. */
  boolean isWithin(Duration time, Moment earlier) {
    return nanos - earlier.nanos <= time.toNanos();
  }

  /** How long ago the other one was. */
  public Duration since(Moment earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }
}
