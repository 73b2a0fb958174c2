package io.elottery.lottery.bundle;

import java.util.regex.Pattern;

/**
 * A draw's name in everything hashed and signed: {@code game:id}.
 *
 * @param game the game's name, {@code powerball}
 * @param id the draw's id in its game, {@code TORM211126} or {@code TORM211126-2}
 */
public record DrawName(String game, String id) implements Comparable<DrawName> {
  private static final Pattern GAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9-]{0,31}");

  /** Checks the form. */
  public DrawName {
    if (!GAME.matcher(game).matches() || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "draw \"" + game + ":" + id + "\": expected game:ID, for example lotto649:TORM211126");
    }
  }

  /**
   * Reads {@link #toString()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DrawName parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("draw \"" + text + "\": expected game:ID");
    }
    return new DrawName(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public int compareTo(DrawName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return game + ":" + id;
  }
}
