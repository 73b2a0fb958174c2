package io.elottery.foundation.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The machine's own clocks; the adapter of {@link Time} that production uses. The wall clock tells
 * whole milliseconds: what is recorded and what is compared is then the same instant.
 */
public final class SystemTime implements Time {
  @Override
  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
