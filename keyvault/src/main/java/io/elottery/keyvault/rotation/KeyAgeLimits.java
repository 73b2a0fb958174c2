package io.elottery.keyvault.rotation;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a pair key may grow.
 *
 * @param yellow from this age on it should be rotated
 * @param red from this age on it must be
 */
public record KeyAgeLimits(Duration yellow, Duration red) {
  /** A colour for an age. */
  public enum Colour {
    /** As it should be. */
    GREEN,
    /** Somebody should look. */
    YELLOW,
    /** Somebody must act. */
    RED
  }

  /** Checks that yellow comes first. */
  public KeyAgeLimits {
    if (yellow.isNegative() || yellow.isZero() || red.compareTo(yellow) < 0) {
      throw new IllegalArgumentException(
          "key ages: yellow " + yellow + ", red " + red + ": expected 0 < yellow <= red");
    }
  }

  /** 90 and 120 days. */
  public static KeyAgeLimits standard() {
    return new KeyAgeLimits(Duration.ofDays(90), Duration.ofDays(120));
  }

  /** The colour of a key made then. */
  public Colour of(Instant madeAt, Instant now) {
    Duration age = Duration.between(madeAt, now);
    if (age.compareTo(red) >= 0) {
      return Colour.RED;
    }
    return age.compareTo(yellow) >= 0 ? Colour.YELLOW : Colour.GREEN;
  }
}
