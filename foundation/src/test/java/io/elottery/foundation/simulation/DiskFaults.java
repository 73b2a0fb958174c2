package io.elottery.foundation.simulation;

import java.time.Duration;

/**
 * How bad a {@link SimDisk} is.
 *
 * @param keepUnsynced probability that a crash keeps some first part of what was not synced,
 *     instead of losing all of it
 * @param lie probability that a sync does nothing and says it did
 * @param syncMax a sync stalls its server up to this long
 */
public record DiskFaults(double keepUnsynced, double lie, Duration syncMax) {
  /** Loses what was not synced, sometimes only the end of it; never lies. */
  public static DiskFaults honest() {
    return new DiskFaults(0.5, 0, Duration.ofMillis(3));
  }

  /** Half of its syncs are lies. For showing that a checker finds what such a disk does. */
  public static DiskFaults lying() {
    return new DiskFaults(0.2, 0.5, Duration.ofMillis(3));
  }
}
