package io.elottery.foundation.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Re-arms one timer after each run. */
final class RepeatingTimer implements Timer {
  private final Timers timers;
  private final Duration period;
  private final Runnable task;
  private @Nullable Timer next;
  private boolean cancelled;

  RepeatingTimer(Timers timers, Duration period, Runnable task) {
    this.timers = timers;
    this.period = period;
    this.task = task;
  }

  Timer start() {
    next = timers.after(period, this::run);
    return this;
  }

  private void run() {
    if (cancelled) {
      return;
    }
    try {
      task.run();
    } finally {
      if (!cancelled) {
        next = timers.after(period, this::run);
      }
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (next != null) {
      next.cancel();
    }
  }
}
