package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.Map;

/** Prints what waits for a second person, the same way for every command that proposes. */
final class Proposed {
  private Proposed() {}

  /** Prints a fresh proposal and what comes next. */
  static int print(Invocation invocation, JsonNode proposal) {
    invocation.output().print(invocation.out(), proposal, () -> fresh(proposal));
    return ExitCode.DONE.number();
  }

  private static String fresh(JsonNode proposal) {
    String id = proposal.path("id").asText();
    return text(proposal)
        + "\nIt waits for a second person: elottery approvals approve "
        + id
        + " --as NAME\n";
  }

  /** The whole of a proposal for a person. */
  static String text(JsonNode proposal) {
    StringBuilder text = new StringBuilder();
    text.append(proposal.path("id").asText()).append("  ").append(proposal.path("kind").asText());
    text.append("  ").append(proposal.path("state").asText()).append('\n');
    text.append("proposed by ").append(proposal.path("proposer").asText());
    text.append(" at ").append(proposal.path("at").asText());
    text.append(", good until ").append(proposal.path("until").asText()).append('\n');
    if (!proposal.path("approver").asText("").isEmpty()) {
      text.append("decided by ").append(proposal.path("approver").asText()).append('\n');
    }
    if (!proposal.path("why").asText("").isEmpty()) {
      text.append(proposal.path("why").asText()).append('\n');
    }
    text.append('\n').append(proposal.path("words").asText().indent(2));
    text.append("\nhash ").append(proposal.path("hash").asText()).append('\n');
    if (!proposal.path("invitation").asText("").isEmpty()) {
      text.append("\ninvitation, shown this once: ");
      text.append(proposal.path("invitation").asText()).append('\n');
    }
    for (Map.Entry<String, JsonNode> token : proposal.path("tokens").properties()) {
      text.append("\njoin token of ").append(token.getKey()).append(", shown this once: ");
      text.append(token.getValue().asText()).append('\n');
    }
    return text.toString();
  }

  /** Refuses an empty answer, which no main gives. */
  static JsonNode shown(JsonNode proposal) throws CommandFailed {
    if (proposal.path("hash").asText("").isEmpty()) {
      throw new CommandFailed(ExitCode.FAILED, "main shows no hash of it: nothing was approved");
    }
    return proposal;
  }
}
