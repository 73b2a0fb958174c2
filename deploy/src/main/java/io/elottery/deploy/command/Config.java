package io.elottery.deploy.command;

import io.elottery.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code elottery config …}. */
@Command(name = "config", description = "Shows and checks the configuration of a server.")
final class Config implements Callable<Integer> {
  private final Invocation invocation;

  Config(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.err().println("elottery: config show FILE --role ROLE [--origin]");
    return ExitCode.USAGE.number();
  }
}
