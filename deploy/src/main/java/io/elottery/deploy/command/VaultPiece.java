package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** {@code elottery vault piece …}: one key piece. */
@Command(name = "piece", description = "Checks one key piece.")
final class VaultPiece {
  private static final int NOT_GENUINE = 422;

  private final Invocation invocation;

  VaultPiece(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "verify",
      description = {
        "Says whether a piece is genuine, without any other piece; nothing is unsealed.",
        "The piece is asked for, or read from standard input. Exit status 6 when it is not genuine."
      })
  int verify() throws CommandFailed {
    String piece = invocation.prompt().secret("Key piece");
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("piece", piece)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    String path = Vault.PATH + "/pieces/verify";
    Http.Answer answer = invocation.staff().ask("POST", path, body, "application/json");
    if (answer.status() == NOT_GENUINE) {
      throw new CommandFailed(
          ExitCode.VERIFICATION_FAILED, answer.json().path("detail").asText("not genuine"));
    }
    JsonNode proven = invocation.staff().good("POST", path, answer).json();
    invocation
        .output()
        .print(
            invocation.out(),
            proven,
            () ->
                "genuine: "
                    + proven.path("compartment").asText()
                    + ", generation "
                    + proven.path("generation").asText()
                    + "\n");
    return ExitCode.DONE.number();
  }
}
