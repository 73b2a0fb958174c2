package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code elottery vault …}: whether mains can open what they keep sealed. */
@Command(name = "vault", description = "Shows, unseals and seals the vault; renews its key pieces.")
final class Vault {
  static final String PATH = "/api/v1/vault";

  private final Invocation invocation;

  private Vault(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandLine command(Invocation invocation) {
    return new CommandLine(new Vault(invocation))
        .addSubcommand("init", new Init(invocation))
        .addSubcommand(new VaultPieces(invocation))
        .addSubcommand(new VaultPiece(invocation));
  }

  @Command(
      name = "status",
      description = "Shows each main's compartments: open or sealed, pieces given, what waits.")
  int status() throws CommandFailed {
    JsonNode status = invocation.staff().get(PATH + "/status").json();
    invocation.output().print(invocation.out(), status, () -> text(status));
    return ExitCode.DONE.number();
  }

  @Command(
      name = "unseal",
      description = {
        "Gives one key piece; different officers give the others.",
        "The piece is asked for, or read from standard input; never on the command line."
      })
  int unseal() throws CommandFailed {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("piece", invocation.prompt().secret("Key piece"))
            .toString();
    JsonNode answer = invocation.staff().post(PATH + "/unseal", body).json();
    invocation.output().print(invocation.out(), answer, () -> given(answer));
    return ExitCode.DONE.number();
  }

  @Command(
      name = "seal",
      description = "All mains forget the keys of the vault at once; takes one officer.")
  int seal() throws CommandFailed {
    JsonNode answer = invocation.staff().post(PATH + "/seal", "{}").json();
    invocation.output().print(invocation.out(), answer, () -> "the vault is sealed\n");
    return ExitCode.DONE.number();
  }

  private static String given(JsonNode answer) {
    return answer.path("compartment").asText()
        + ": "
        + answer.path("given").asInt()
        + " of "
        + answer.path("needed").asInt()
        + " pieces, "
        + answer.path("state").asText()
        + "\n";
  }

  private static String text(JsonNode status) {
    Table table = new Table("MAIN", "COMPARTMENT", "STATE", "PIECES GIVEN", "GENERATION");
    for (JsonNode main : status.path("mains")) {
      main.path("compartments")
          .properties()
          .forEach(
              part ->
                  table.row(
                      main.path("main").asText(),
                      part.getKey(),
                      part.getValue().path("state").asText(),
                      part.getValue().path("given").asInt()
                          + "/"
                          + part.getValue().path("needed").asInt(),
                      part.getValue().path("generation").asText("-")));
    }
    StringBuilder text = new StringBuilder(table.text());
    status.path("waits").forEach(wait -> text.append("waits: ").append(wait.asText()).append('\n'));
    String why = status.path("why").asText("");
    text.append("state ").append(status.path("state").asText("-"));
    return text.append(why.isEmpty() ? "\n" : ": " + why + "\n").toString();
  }
}
