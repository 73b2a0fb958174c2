package io.elottery.lottery.verify;

/**
 * One thing a verifier looked at.
 *
 * @param name short: {@code root}
 * @param compared what with what, or where it differs; one sentence
 * @param holds false: a lie
 */
public record Check(String name, String compared, boolean holds) {
  @Override
  public String toString() {
    return (holds ? "ok   " : "LIE  ") + name + ": " + compared;
  }
}
