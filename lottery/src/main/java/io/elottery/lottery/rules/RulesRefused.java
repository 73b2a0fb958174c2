package io.elottery.lottery.rules;

/** A game's text that is not a game. The message says what was expected and where. */
public final class RulesRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** With where and what, for a person. */
  public RulesRefused(String message) {
    super(message);
  }
}
