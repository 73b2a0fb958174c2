package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery orders …}: what main ordered, why, and what became of it. */
@Command(name = "orders", description = "Shows what main ordered, why, and what became of it.")
final class Orders {
  private static final int CAUSE_SHOWN = 60;

  private final Invocation invocation;

  Orders(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "The last orders, the newest first.")
  int list(
      @Option(names = "--worker", paramLabel = "WORKER", description = "Only about this one.")
          Optional<String> worker)
      throws CommandFailed {
    String query = worker.map(name -> "?worker=" + Words.encoded(name)).orElse("");
    JsonNode answer = invocation.staff().get("/api/v1/orders" + query).json();
    Table table = new Table("ORDER", "GIVEN AT", "KIND", "ABOUT", "STATE", "OUTCOME", "CAUSE");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("order").asText(),
          item.path("givenAt").asText(),
          item.path("kind").asText(),
          item.path("target").asText(),
          item.path("state").asText(),
          shortened(item.path("outcome").asText()),
          shortened(item.path("cause").asText()));
    }
    invocation.output().print(invocation.out(), answer, table::text);
    return ExitCode.DONE.number();
  }

  @Command(name = "show", description = "One order with its whole cause and outcome.")
  int show(@Parameters(index = "0", paramLabel = "ORDER") String order) throws CommandFailed {
    JsonNode item = invocation.staff().get("/api/v1/orders/" + Words.encoded(order)).json();
    invocation.output().print(invocation.out(), item, () -> text(item));
    return ExitCode.DONE.number();
  }

  private static String text(JsonNode item) {
    return item.path("order").asText()
        + "  "
        + item.path("kind").asText()
        + " "
        + item.path("target").asText()
        + " "
        + item.path("detail").asText()
        + "\n  given    "
        + item.path("givenAt").asText()
        + " under fence "
        + item.path("fence").asText()
        + "\n  because  "
        + item.path("cause").asText()
        + "\n  "
        + item.path("state").asText()
        + " since "
        + item.path("changedAt").asText()
        + ": "
        + item.path("outcome").asText()
        + "\n";
  }

  private static String shortened(String text) {
    return text.length() <= CAUSE_SHOWN ? text : text.substring(0, CAUSE_SHOWN) + "…";
  }
}
