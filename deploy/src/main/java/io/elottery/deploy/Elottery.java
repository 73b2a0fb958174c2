package io.elottery.deploy;

import io.elottery.deploy.command.Commands;
import io.elottery.deploy.command.Invocation;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code elottery} command: everything a user types, and the main class of every server. */
public final class Elottery {
  private Elottery() {}

  /** Runs one command and exits with its status. */
  public static void main(String... arguments) {
    Logging.choose(arguments);
    System.exit(run(System.out, System.err, arguments));
  }

  /** Runs one command in this process; its exit status. */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return run(new Invocation(out, err), out, err, arguments);
  }

  /** Runs one command of this invocation; its exit status. */
  static int run(Invocation invocation, PrintStream out, PrintStream err, String... arguments) {
    CommandLine line = Commands.of(invocation);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((wrong, given) -> usage(err, wrong));
    line.setExecutionExceptionHandler((failed, command, parsed) -> failure(err, failed));
    return line.execute(arguments);
  }

  private static int usage(PrintStream err, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    err.println("elottery: " + wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(
        wrong, new PrintWriter(err, true, StandardCharsets.UTF_8))) {
      err.println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
    }
    return ExitCode.USAGE.number();
  }

  private static int failure(PrintStream err, Exception failed) throws Exception {
    if (failed instanceof CommandFailed told) {
      err.println("elottery: " + told.getMessage());
      return told.code().number();
    }
    throw failed;
  }
}
