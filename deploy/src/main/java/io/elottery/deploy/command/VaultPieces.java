package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery vault pieces …}: a new generation of key pieces. */
@Command(name = "pieces", description = "Renews the key pieces and shows the new ones, once.")
final class VaultPieces {
  private static final String PATH = Vault.PATH + "/pieces";

  private final Invocation invocation;

  VaultPieces(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "renew",
      description = {
        "Proposes new key pieces; once approved the old ones are refused.",
        "Then `elottery vault pieces show` shows the proposer the new ones, once."
      })
  int renew(
      @Option(names = "--pieces", required = true, paramLabel = "N", description = "So many.")
          int pieces,
      @Option(
              names = "--threshold",
              required = true,
              paramLabel = "K",
              description = "So many are needed to unseal.")
          int threshold)
      throws CommandFailed {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("pieces", pieces)
            .put("threshold", threshold)
            .toString();
    return Proposed.print(invocation, invocation.staff().post(PATH + "/renew", body).json());
  }

  @Command(
      name = "show",
      description = "Shows the new pieces to the one who proposed them: once, never again.")
  int show() throws CommandFailed {
    JsonNode answer = invocation.staff().post(PATH + "/show", "{}").json();
    invocation.output().print(invocation.out(), answer, () -> text(answer));
    return ExitCode.DONE.number();
  }

  private static String text(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    answer
        .path("pieces")
        .properties()
        .forEach(
            part -> {
              text.append(part.getKey()).append('\n');
              part.getValue()
                  .forEach(piece -> text.append("  ").append(piece.asText()).append('\n'));
            });
    return text.append("\nThey are not shown again. Give each to another person, in private.\n")
        .toString();
  }
}
