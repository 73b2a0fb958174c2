package io.elottery.foundation.time;

import java.time.Instant;

/** The clocks of one server. May be called on any thread. */
public interface Time {
  /** The wall clock. May jump in both directions; never used to measure how long something took. */
  Instant now();

  /** The monotonic clock, nanoseconds from an arbitrary origin. Never runs backwards. */
  long nanos();
}
