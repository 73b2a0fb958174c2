package io.elottery.foundation.simulation;

import java.time.Duration;

/**
 * How bad a {@link SimNetwork} is.
 *
 * @param delayMin shortest way of an envelope
 * @param delayMax longest way
 * @param drop probability that an envelope vanishes
 * @param duplicate probability that it arrives twice
 * @param reorder probability that later ones may overtake it; the rest keeps its order
 */
public record NetworkFaults(
    Duration delayMin, Duration delayMax, double drop, double duplicate, double reorder) {
  /** Fast and faultless. */
  public static NetworkFaults none() {
    return new NetworkFaults(Duration.ofNanos(50_000), Duration.ofMillis(1), 0, 0, 0);
  }

  /** A few of each. */
  public static NetworkFaults some() {
    return new NetworkFaults(Duration.ofNanos(50_000), Duration.ofMillis(15), 0.01, 0.01, 0.02);
  }

  /** Many of each, and slow. */
  public static NetworkFaults many() {
    return new NetworkFaults(Duration.ofNanos(50_000), Duration.ofMillis(80), 0.1, 0.05, 0.2);
  }
}
