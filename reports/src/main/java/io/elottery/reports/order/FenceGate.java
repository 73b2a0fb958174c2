package io.elottery.reports.order;

import io.elottery.foundation.id.Hemisphere;
import java.util.EnumMap;
import java.util.Map;

/**
 * Refuses for good what comes under an older fence than was seen for that hemisphere.
 *
 * <p>One counter serves both hemispheres, so fences of both compare; each hemisphere's acting
 * leader has its own. The owner keeps {@link #highest()} on disk (it is part of the roster kept
 * there) and raises a new gate to it. On one loop.
 */
public final class FenceGate {
  private final Map<Hemisphere, Long> highest = new EnumMap<>(Hemisphere.class);

  /** Whether it may pass; a newer fence than all before raises the gate. */
  public boolean admits(Hemisphere hemisphere, long fence) {
    long known = highest(hemisphere);
    if (fence < known) {
      return false;
    }
    highest.put(hemisphere, fence);
    return true;
  }

  /** The highest fence seen for a hemisphere; 0 when none was. */
  public long highest(Hemisphere hemisphere) {
    return highest.getOrDefault(hemisphere, 0L);
  }

  /** The highest fence seen at all; 0 when none was. What an announcement reports. */
  public long highest() {
    return Math.max(highest(Hemisphere.LEFT), highest(Hemisphere.RIGHT));
  }
}
