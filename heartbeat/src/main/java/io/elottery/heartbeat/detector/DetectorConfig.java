package io.elottery.heartbeat.detector;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;

/**
 * When silence becomes suspicion.
 *
 * @param interval {@code heartbeat.interval} (500 ms): how often an impulse is due; too low costs
 *     work and suspects loaded machines, too high delays every detection
 * @param suspectFactor silence in expected gaps that makes suspect: 3.0, one lost beat doubles the
 *     gap, 3 × is a loss and not jitter
 * @param deadFactor silence in expected gaps that counts as dead: 10.0
 * @param startGrace silence allowed before the first sign of life: a server that starts is slow
 */
public record DetectorConfig(
    Duration interval, double suspectFactor, double deadFactor, Duration startGrace) {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration INTERVAL_MIN = Duration.ofMillis(10);
  private static final Duration INTERVAL_MAX = Duration.ofMinutes(1);

  /** Checks that a neighbour is suspected before it is dead, and never between two beats. */
  public DetectorConfig {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "heartbeat interval " + interval + ": expected longer than zero");
    }
    if (suspectFactor < 1.5 || deadFactor < suspectFactor) {
      throw new IllegalArgumentException(
          "suspect at "
              + suspectFactor
              + ", dead at "
              + deadFactor
              + ": expected 1.5 or more,"
              + " in this order");
    }
  }

  /** Reads {@code heartbeat.interval}. */
  public static DetectorConfig from(ConfigSource config) {
    Duration interval = config.duration("heartbeat.interval", INTERVAL);
    if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
      config.refuse("heartbeat.interval", "expected 10ms … 1min");
      interval = INTERVAL;
    }
    return every(interval);
  }

  /** The default factors around an interval. */
  public static DetectorConfig every(Duration interval) {
    return new DetectorConfig(interval, 3.0, 10.0, interval.multipliedBy(10));
  }
}
