package io.elottery.foundation.id;

import java.util.Locale;

/** A half of main: each supervises one half of the workers. */
public enum Hemisphere {
  /** The left half; also a party of every draw. */
  LEFT,
  /** The right half; also a party of every draw. */
  RIGHT;

  /** The other half. */
  public Hemisphere other() {
    return this == LEFT ? RIGHT : LEFT;
  }

  /**
   * Reads the name in either case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Hemisphere parse(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "LEFT" -> LEFT;
      case "RIGHT" -> RIGHT;
      default ->
          throw new IllegalArgumentException("hemisphere \"" + text + "\": expected LEFT or RIGHT");
    };
  }
}
