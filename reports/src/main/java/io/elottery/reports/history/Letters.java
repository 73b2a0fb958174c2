package io.elottery.reports.history;

import io.elottery.reports.verdict.Verdict;

/**
 * Verdicts as letters of a timeline: {@code U S D s X C ?}, and a full stop where none is known.
 */
public final class Letters {
  /** Nothing is known. */
  public static final char NONE = '.';

  private static final String BY_ORDINAL = "USDsXC?";

  private Letters() {}

  /** The verdict's. */
  public static char of(Verdict verdict) {
    return BY_ORDINAL.charAt(verdict.ordinal());
  }

  /** What a letter says; UNKNOWN for any other. */
  public static Verdict verdict(char letter) {
    int ordinal = BY_ORDINAL.indexOf(letter);
    return ordinal < 0 ? Verdict.UNKNOWN : Verdict.values()[ordinal];
  }
}
