package io.elottery.reports.history;

/**
 * What is told of a {@link Spread}.
 *
 * @param count how many measurements; 0 = none, then the rest is 0
 */
public record Measured(long count, long meanMicros, long p99Micros, long maxMicros) {
  private static final double P99 = 0.99;

  /** Of measurements. */
  public static Measured of(Spread spread) {
    return new Measured(
        spread.count(), spread.meanMicros(), spread.percentileMicros(P99), spread.maxMicros());
  }

  /** Whether anything was measured. */
  public boolean isKnown() {
    return count > 0;
  }
}
