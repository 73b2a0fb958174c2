package io.elottery.foundation.time;

import java.time.Instant;

/** The machine's own clocks; the adapter of {@link Time} that production uses. */
public final class SystemTime implements Time {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
