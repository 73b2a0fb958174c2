package io.elottery.deploy.outcome;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Between two looks at something that nobody tells: another process, another machine. */
public final class Pause {
  private Pause() {}

  /**
   * Waits on the calling thread.
   *
   * @throws CommandFailed when the thread is interrupted; it stays so
   */
  public static void of(Duration time) throws CommandFailed {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** What an interrupted wait comes to; the thread stays interrupted. */
  public static CommandFailed interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new CommandFailed(ExitCode.FAILED, "interrupted", interrupted);
  }
}
