package io.elottery.lottery.id;

/**
 * The name of a game: {@code powerball}, {@code lotto649}.
 *
 * @param text {@code [a-z][a-z0-9-]{0,31}}
 */
public record GameName(String text) implements Comparable<GameName> {
  /** Checks the form. */
  public GameName {
    if (!hasForm(text)) {
      throw new IllegalArgumentException(
          "game \"" + text + "\": expected a-z first, then up to 31 of a-z 0-9 -");
    }
  }

  /** The game with this name. */
  public static GameName of(String text) {
    return new GameName(text);
  }

  @Override
  public int compareTo(GameName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean hasForm(String text) {
    if (text.isEmpty() || text.length() > 32 || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }
}
