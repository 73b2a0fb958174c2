package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery alerts webhooks …}: who outside is told of troubles. */
@Command(name = "alerts", description = "Keeps the webhooks that are told of troubles.")
final class Alerts {
  private static final String PATH = "/api/v1/webhooks/alerts";

  private Alerts() {}

  static CommandLine command(Invocation invocation) {
    return new CommandLine(new Alerts()).addSubcommand(new Webhooks(invocation));
  }

  /** {@code elottery alerts webhooks …}. */
  @Command(name = "webhooks", description = "Adds, lists, removes and tests webhooks.")
  static final class Webhooks {
    private final Invocation invocation;

    Webhooks(Invocation invocation) {
      this.invocation = invocation;
    }

    @Command(name = "add", description = "Registers an address; its secret is printed this once.")
    int add(
        @Parameters(
                index = "0",
                paramLabel = "URL",
                description = "https, or http on loopback of the acting main.")
            String url,
        @Option(
                names = "--severity",
                defaultValue = "warning",
                paramLabel = "warning|critical",
                description = "Alerts of this severity and worse (default ${DEFAULT-VALUE}).")
            String severity)
        throws CommandFailed {
      String body =
          JsonNodeFactory.instance
              .objectNode()
              .put("url", url)
              .put("severity", severity)
              .toString();
      JsonNode made = invocation.staff().post(PATH, body).json();
      invocation
          .output()
          .print(
              invocation.out(),
              made,
              () ->
                  made.path("id").asText()
                      + ": alerts go to "
                      + made.path("host").asText()
                      + "\nsecret, shown this once: "
                      + made.path("secret").asText()
                      + "\n");
      return ExitCode.DONE.number();
    }

    @Command(name = "list", description = "Lists the webhooks.")
    int list() throws CommandFailed {
      JsonNode answer = invocation.staff().get(PATH).json();
      Table table = new Table("ID", "HOST", "SEVERITY", "STATE", "WAITING", "BY", "SINCE");
      for (JsonNode one : answer.path("items")) {
        String why = one.path("why").asText("");
        table.row(
            one.path("id").asText(),
            one.path("host").asText(),
            one.path("severity").asText(),
            one.path("state").asText() + (why.isEmpty() ? "" : " (" + why + ")"),
            one.path("waiting").asText(),
            one.path("by").asText(),
            one.path("createdAt").asText());
      }
      invocation.output().print(invocation.out(), answer, table::text);
      return ExitCode.DONE.number();
    }

    @Command(name = "remove", description = "Removes a webhook; its secret is destroyed.")
    int remove(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
      JsonNode answer =
          invocation.staff().send("DELETE", PATH + "/" + Words.encoded(id), "{}").json();
      invocation.output().print(invocation.out(), answer, () -> id + " is removed\n");
      return ExitCode.DONE.number();
    }

    @Command(
        name = "test",
        description = "Sends a signed test message now. Exit status 1 when it was not taken.")
    int test(@Parameters(index = "0", paramLabel = "ID") String id) throws CommandFailed {
      JsonNode answer =
          invocation.staff().post(PATH + "/" + Words.encoded(id) + "/test", "{}").json();
      boolean delivered = answer.path("delivered").asBoolean();
      invocation
          .output()
          .print(
              invocation.out(),
              answer,
              () ->
                  delivered
                      ? id + " took " + answer.path("id").asText() + "\n"
                      : id + " did not take it: " + answer.path("why").asText() + "\n");
      return (delivered ? ExitCode.DONE : ExitCode.FAILED).number();
    }
  }
}
