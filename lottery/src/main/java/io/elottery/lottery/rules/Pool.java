package io.elottery.lottery.rules;

/**
 * One drum of a game: numbers {@code first … last()}, of which some are drawn and some are played.
 *
 * <p>The first {@link #winning()} numbers drawn are the winning numbers and are counted under the
 * pool's own name. The last {@code extra} drawn are extra numbers (Lotto 6/49's bonus number) and
 * are counted under {@code extraName}.
 *
 * @param name what tiers and lines call it, {@code [a-z][a-z0-9]{0,15}}
 * @param pick numbers drawn, 1 … of
 * @param of numbers in the drum, 1 … 1,000,000
 * @param first the smallest number shown, 0 or more
 * @param play numbers a player picks, 1 … of
 * @param extra how many of the drawn are extra numbers, 0 … pick - 1
 * @param extraName what tiers call hits among the extra numbers; empty without any
 */
public record Pool(
    String name, int pick, int of, int first, int play, int extra, String extraName) {
  static final String NAME = "[a-z][a-z0-9]{0,15}";
  static final int OF_MAX = 1_000_000;

  /** Checks the ranges. */
  public Pool {
    boolean sound =
        name.matches(NAME)
            && within(of, 1, OF_MAX)
            && within(pick, 1, of)
            && within(first, 0, OF_MAX)
            && within(play, 1, of)
            && within(extra, 0, pick - 1)
            && (extra == 0 ? extraName.isEmpty() : extraName.matches(NAME));
    if (!sound) {
      throw new IllegalArgumentException(
          "pool \"%s\": expected pick 1 … of, play 1 … of, extras fewer than pick".formatted(name));
    }
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }

  /** A pool of which as many are played as are drawn, from 1, without extra numbers. */
  public static Pool of(String name, int pick, int of) {
    return new Pool(name, pick, of, 1, pick, 0, "");
  }

  /** How many of the drawn are winning numbers: all but the extra ones. */
  public int winning() {
    return pick - extra;
  }

  /** The largest number shown. */
  public int last() {
    return first + of - 1;
  }
}
