package io.elottery.lottery.results;

/** The line being read is not a result. Caught where the line's number is known. */
final class LineRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String detail;

  LineRefused(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
