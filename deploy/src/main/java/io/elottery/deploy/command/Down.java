package io.elottery.deploy.command;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code elottery down}. */
@Command(
    name = "down",
    description = "Ends a local cluster; its data stays, and `up --dir` starts it again.")
final class Down implements Callable<Integer> {
  private final Invocation invocation;

  Down(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    int ended = invocation.cluster().down();
    invocation.err().println("ended " + ended + " processes");
    return ExitCode.DONE.number();
  }
}
