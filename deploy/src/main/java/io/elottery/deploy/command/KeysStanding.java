package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery keys standing}: rotation by schedule, approved in advance. */
@Command(
    name = "standing",
    description = "Proposes a standing approval: rotation by schedule, first keys of new links.")
final class KeysStanding implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--every-days",
      defaultValue = "30",
      paramLabel = "N",
      description = "How old a key may get (default ${DEFAULT-VALUE}).")
  private int everyDays;

  @Option(
      names = "--max-links-per-day",
      defaultValue = "100",
      paramLabel = "N",
      description = "At most so many links a day (default ${DEFAULT-VALUE}).")
  private int maxLinksPerDay;

  @Option(
      names = "--until-days",
      defaultValue = "365",
      paramLabel = "N",
      description = "It ends by itself after so many days (default ${DEFAULT-VALUE}).")
  private int untilDays;

  KeysStanding(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("everyDays", everyDays)
            .put("maxLinksPerDay", maxLinksPerDay)
            .put("untilDays", untilDays)
            .toString();
    return Proposed.print(
        invocation, invocation.staff().post(Keys.PATH + "/standing", body).json());
  }

  /** {@code elottery keys revoke-standing}. */
  @Command(
      name = "revoke-standing",
      description = "Ends the standing approval at once; takes one officer.")
  static final class Revoke implements Callable<Integer> {
    private final Invocation invocation;

    Revoke(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      JsonNode answer = invocation.staff().send("DELETE", Keys.PATH + "/standing", "{}").json();
      invocation.output().print(invocation.out(), answer, () -> "the standing approval is ended\n");
      return ExitCode.DONE.number();
    }
  }
}
