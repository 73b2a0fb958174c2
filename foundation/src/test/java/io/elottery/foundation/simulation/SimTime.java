package io.elottery.foundation.simulation;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * One server's clocks: virtual time seen through a skew, a drift and jumps.
 *
 * <p>The monotonic clock only drifts; skew and jumps move the wall clock. The monotonic origin is
 * different on each server, as on real ones.
 */
public final class SimTime implements Time {
  private static final long MILLION = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final SimWorld world;
  private final SimNode node;
  private final long origin;
  private long skew; // nanoseconds
  private long driftPerMillion;
  private long driftBegan;
  private long drifted;

  SimTime(SimWorld world, SimNode node, long origin) {
    this.world = world;
    this.node = node;
    this.origin = origin;
  }

  @Override
  public Instant now() {
    long nanos = local() + skew;
    return Instant.ofEpochSecond(
        SimWorld.BEGINNING.getEpochSecond() + Math.floorDiv(nanos, SECOND),
        Math.floorMod(nanos, SECOND));
  }

  @Override
  public long nanos() {
    // Who sets a timer reads the clock first: the only sign of it from outside.
    world.moved(node);
    return origin + local();
  }

  /** Moves the wall clock, forwards or backwards. */
  public void jump(Duration by) {
    skew += by.toNanos();
  }

  /**
   * Lets both clocks run fast or slow from now on.
   *
   * @param perMillion nanoseconds gained in a millisecond; more than -500,000
   */
  public void drift(long perMillion) {
    world.moved(node);
    drifted = local() - world.nanos();
    driftBegan = world.nanos();
    driftPerMillion = perMillion;
  }

  /** How long the world waits for this many nanoseconds of this clock, rounded up. */
  long worldNanos(long localNanos) {
    if (driftPerMillion == 0 || localNanos == 0) {
      return localNanos;
    }
    double factor = (double) MILLION / (MILLION + driftPerMillion);
    return (long) Math.ceil(localNanos * factor) + 1;
  }

  private long local() {
    long now = world.nanos();
    if (driftPerMillion == 0) {
      return now + drifted;
    }
    return now + drifted + (long) ((now - driftBegan) * ((double) driftPerMillion / MILLION));
  }
}
