package io.elottery.controller.acting;

/** What may be found of a worker that main acts on. */
public enum Finding {
  /** The verdict is DOWN. */
  DOWN("verdict DOWN"),
  /** The verdict is SLOW. */
  SLOW("verdict SLOW"),
  /** It failed its capacity test twice in a row. */
  UNFIT("capacity test failed twice"),
  /** Its reports say it is overloaded, and it still writes. */
  OVERLOADED("overloaded, and its neighbours did not take the work");

  private final String words;

  Finding(String words) {
    this.words = words;
  }

  /** For the table in {@code docs/orders.md}. */
  public String words() {
    return words;
  }
}
