package io.elottery.lottery.chronicle;

/** A question that cannot be answered. */
public final class QuestionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field what is wrong
   * @param detail what was expected
   */
  public QuestionRefused(String field, String detail) {
    super(detail);
    this.field = field;
  }

  /** What is wrong. */
  public String field() {
    return field;
  }
}
