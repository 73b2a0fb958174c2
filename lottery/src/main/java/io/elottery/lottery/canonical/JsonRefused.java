package io.elottery.lottery.canonical;

/** Text that is not the JSON expected. The message says what was expected and where. */
public final class JsonRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** With where and what, for a person. */
  public JsonRefused(String message) {
    super(message);
  }
}
