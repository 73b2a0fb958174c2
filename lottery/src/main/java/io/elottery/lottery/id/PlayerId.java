package io.elottery.lottery.id;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A customer ({@code TORC0001}) or an operator ({@code TORM0001}) of a branch.
 *
 * @param number 1 … 999999999, counted up per branch and kind; at least four digits are written
 */
public record PlayerId(BranchId branch, Kind kind, int number) implements Comparable<PlayerId> {
  /** What one may do. */
  public enum Kind {
    /** Buys tickets. */
    CUSTOMER('C'),
    /** Opens, changes and closes draws. */
    OPERATOR('M');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** Its letter in an id. */
    public char letter() {
      return letter;
    }
  }

  private static final Pattern FORM = Pattern.compile("([A-Z]{3})([CM])(0\\d{3}|[1-9]\\d{3,8})");

  /** Checks the range. */
  public PlayerId {
    if (number < 1 || number > 999_999_999) {
      throw new IllegalArgumentException("player number " + number + ": expected 1 to 999999999");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PlayerId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "player \"" + text + "\": expected branch, C or M, digits, like TORC0001");
    }
    Kind kind = matcher.group(2).equals("C") ? Kind.CUSTOMER : Kind.OPERATOR;
    return new PlayerId(BranchId.of(matcher.group(1)), kind, Integer.parseInt(matcher.group(3)));
  }

  /** Whether this is a member of the staff. */
  public boolean isOperator() {
    return kind == Kind.OPERATOR;
  }

  /** The key of the actor that holds this player. */
  public String actorKey() {
    return branch.actorKey();
  }

  @Override
  public int compareTo(PlayerId other) {
    int byBranch = branch.compareTo(other.branch);
    if (byBranch != 0) {
      return byBranch;
    }
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    String digits = Integer.toString(number);
    return branch.code() + kind.letter() + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
