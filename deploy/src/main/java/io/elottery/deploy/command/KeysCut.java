package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery keys cut}: the emergency. */
@Command(
    name = "cut",
    description = {
      "Takes a link's keys away and closes its connections, at once; takes one officer.",
      "A second officer confirms it afterwards: `elottery keys confirm ID`."
    })
final class KeysCut implements Callable<Integer> {
  private final Invocation invocation;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(names = "--reason", required = true, paramLabel = "TEXT")
  private String reason = "";

  /** What is cut: exactly one of these. */
  static final class What {
    @Option(names = "--link", paramLabel = "A,B", description = "One link.")
    private Optional<String> link = Optional.empty();

    @Option(names = "--worker", paramLabel = "WORKER", description = "All links of a worker.")
    private Optional<String> worker = Optional.empty();
  }

  KeysCut(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    what.link.ifPresent(link -> body.put("link", link));
    what.worker.ifPresent(worker -> body.put("worker", worker));
    JsonNode cut = invocation.staff().post(Keys.PATH + "/cut", body.toString()).json();
    invocation.output().print(invocation.out(), cut, () -> KeyTexts.cut(cut));
    return ExitCode.DONE.number();
  }
}
