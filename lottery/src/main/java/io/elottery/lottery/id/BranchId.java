package io.elottery.lottery.id;

/**
 * A region with its own staff, customers and draws: {@code TOR}, {@code MTL}, {@code OTW}.
 *
 * @param code three upper case letters
 */
public record BranchId(String code) implements Comparable<BranchId> {
  /** Checks the form. */
  public BranchId {
    if (!isCode(code)) {
      throw new IllegalArgumentException(
          "branch \"" + code + "\": expected three upper case letters, like TOR");
    }
  }

  /** The branch with this code. */
  public static BranchId of(String code) {
    return new BranchId(code);
  }

  /** The key of the actor that holds all of this branch. */
  public String actorKey() {
    return "branch/" + code;
  }

  @Override
  public int compareTo(BranchId other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }

  private static boolean isCode(String code) {
    if (code.length() != 3) {
      return false;
    }
    for (int i = 0; i < 3; i++) {
      if (code.charAt(i) < 'A' || code.charAt(i) > 'Z') {
        return false;
      }
    }
    return true;
  }
}
