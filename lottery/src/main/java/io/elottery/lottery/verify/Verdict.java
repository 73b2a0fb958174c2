package io.elottery.lottery.verify;

/** What a verifier concludes. */
public enum Verdict {
  /** Everything holds, and the parties' keys are those of the parties file given. */
  VERIFIED("verified"),
  /** Everything holds, but nobody said whose keys these are. */
  SELF_CONSISTENT_ONLY("self-consistent only"),
  /** Something does not hold. */
  REFUSED("refused");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
