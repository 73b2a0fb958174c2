package io.elottery.web.exchange;

/** The request is refused as it stands; carries what the caller is told. */
public final class Unacceptable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** With what the caller is told. */
  public Unacceptable(Problem problem) {
    super(problem.title() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
