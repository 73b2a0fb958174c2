package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code elottery explain}: one thing in full. */
@Command(
    name = "explain",
    description = {
      "Explains a server, a link, a half, a shard or a draw: what is wrong, since when,",
      "what it means for draws and players, why, who says so, what was done, what to do."
    })
final class Explain implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "SUBJECT",
      description =
          "worker-7, main-1, worker-1,worker-2, LEFT, shard-3, powerball/TORM211126, vault,"
              + " zookeeper or network.")
  private String subject = "";

  Explain(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode is = invocation.staff().get("/api/v1" + path(subject)).json();
    invocation.output().print(invocation.out(), is, () -> HealthTexts.explanation(is));
    return ExitCode.DONE.number();
  }

  static String path(String subject) throws CommandFailed {
    String[] parts = subject.split("/", -1);
    if (parts.length > 2) {
      throw new CommandFailed(
          ExitCode.USAGE, "\"" + subject + "\": a draw is GAME/ID, like powerball/TORM211126");
    }
    if (parts.length == 2) {
      return "/draws/" + Words.encoded(parts[0]) + "/" + Words.encoded(parts[1]) + "/explain";
    }
    return (subject.contains(",") ? "/links/" : "/servers/") + Words.encoded(subject) + "/explain";
  }
}
