package io.elottery.deploy.outcome;

/** How a command ends; scripts rely on the numbers. */
public enum ExitCode {
  /** What was asked for is done. */
  DONE(0),
  /** Something failed. */
  FAILED(1),
  /** The command was written wrongly. */
  USAGE(2),
  /** A rule of the lottery or the network refused it. */
  REFUSED(3),
  /** Nobody answers. */
  UNREACHABLE(4),
  /** It was not done in time; it may be later. */
  TIMED_OUT(5),
  /** What was verified is not true. */
  VERIFICATION_FAILED(6);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}
