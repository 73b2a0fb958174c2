package io.elottery.lottery.odds;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An exact chance: so many favourable of all combinations.
 *
 * @param name the tier's name, or {@code overall}
 */
public record Chance(String name, BigInteger favourable, BigInteger total) {
  /** "1 in" how many, rounded half up to two places; 0 when it cannot happen. */
  public BigDecimal oneIn() {
    return favourable.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(total).divide(new BigDecimal(favourable), 2, RoundingMode.HALF_UP);
  }

  /** For people: {@code 1 in 292,201,338.00}; {@code never} when it cannot happen. */
  public String text() {
    return favourable.signum() == 0 ? "never" : String.format(Locale.ROOT, "1 in %,.2f", oneIn());
  }
}
