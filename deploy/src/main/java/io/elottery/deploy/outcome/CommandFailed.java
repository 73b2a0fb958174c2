package io.elottery.deploy.outcome;

/** A command cannot do what it was asked; the message is for the person who typed it. */
public final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  /** With one sentence: what, and what to do about it. */
  public CommandFailed(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The same, because of something else. */
  public CommandFailed(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** How the process ends. */
  public ExitCode code() {
    return code;
  }
}
