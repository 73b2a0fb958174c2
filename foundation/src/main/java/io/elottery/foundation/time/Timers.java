package io.elottery.foundation.time;

import java.time.Duration;

/** Tasks that run later on the loop that owns them. Called on that loop only. */
public interface Timers {
  /**
   * Runs the task once, on the owning loop, not before {@code delay} has passed; late when the loop
   * is busy. A negative delay counts as zero.
   */
  Timer after(Duration delay, Runnable task);

  /**
   * Runs the task again and again, {@code period} after its last run ended; ends when cancelled.
   *
   * @param period longer than zero
   */
  default Timer every(Duration period, Runnable task) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period " + period + ": expected longer than zero");
    }
    return new RepeatingTimer(this, period, task).start();
  }
}
