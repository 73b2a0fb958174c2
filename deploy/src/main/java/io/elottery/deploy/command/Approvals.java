package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery approvals …}: what one person proposed and another decides. */
@Command(
    name = "approvals",
    description = "Shows, approves and rejects what another person proposed.")
final class Approvals {
  private static final String PATH = "/api/v1/approvals";

  private final Invocation invocation;

  Approvals(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Lists proposals, newest first.")
  int list(
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "PENDING, APPROVED, DONE, FAILED, REJECTED or EXPIRED.")
          Optional<String> state)
      throws CommandFailed {
    String query = state.map(wanted -> "?state=" + Words.encoded(wanted)).orElse("");
    JsonNode answer = invocation.staff().get(PATH + query).json();
    Table table = new Table("ID", "KIND", "STATE", "PROPOSER", "UNTIL", "APPROVER", "WORDS");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("id").asText(),
          item.path("kind").asText(),
          item.path("state").asText(),
          item.path("proposer").asText(),
          item.path("until").asText(),
          item.path("approver").asText("-"),
          Words.firstLine(item.path("words").asText()));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "show", description = "Shows a proposal in its words, with its hash.")
  int show(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
    JsonNode proposal = invocation.staff().get(PATH + "/" + Words.encoded(id)).json();
    invocation.output().print(invocation.out(), proposal, () -> Proposed.text(proposal));
    return ExitCode.DONE.number();
  }

  @Command(
      name = "approve",
      description = "Shows a proposal, asks, and approves exactly what was shown.")
  int approve(
      @Parameters(index = "0", paramLabel = "ID") String id,
      @Option(names = "--yes", description = "Do not ask.") boolean yes,
      @Option(names = "--wait", description = "Wait until it is carried out.") boolean wait)
      throws CommandFailed {
    String path = PATH + "/" + Words.encoded(id);
    JsonNode shown = Proposed.shown(invocation.staff().get(path).json());
    invocation.err().print(Proposed.text(shown));
    if (!yes && !invocation.prompt().yes("Approve this?")) {
      throw new CommandFailed(ExitCode.FAILED, "not approved: nothing was sent");
    }
    String body =
        JsonNodeFactory.instance.objectNode().put("hash", shown.path("hash").asText()).toString();
    JsonNode answer = invocation.staff().post(path + "/approve", body).json();
    JsonNode last = wait ? new Waiting(invocation).untilCarriedOut(id) : answer;
    invocation
        .output()
        .print(
            invocation.out(),
            last,
            () ->
                id + " is " + last.path("state").asText() + " " + last.path("why").asText() + "\n");
    return ExitCode.DONE.number();
  }

  @Command(name = "reject", description = "Rejects a proposal, or takes one's own back.")
  int reject(
      @Parameters(index = "0", paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, paramLabel = "TEXT") String reason)
      throws CommandFailed {
    String body = JsonNodeFactory.instance.objectNode().put("reason", reason).toString();
    JsonNode answer =
        invocation.staff().post(PATH + "/" + Words.encoded(id) + "/reject", body).json();
    invocation.output().print(invocation.out(), answer, () -> id + " is rejected\n");
    return ExitCode.DONE.number();
  }
}
