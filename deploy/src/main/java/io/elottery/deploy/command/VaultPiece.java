package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import io.elottery.keyvault.pieces.PieceProof;
import io.elottery.keyvault.pieces.PieceRefused;
import io.elottery.keyvault.seal.SealBroken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
  int verify(
      @Option(
              names = "--in",
              paramLabel = "DIR",
              description =
                  "A main's directory: checked here, offline; without it a main is asked.")
          Optional<Path> main)
      throws CommandFailed {
    String piece = invocation.prompt().secret("Key piece");
    return main.isPresent() ? offline(main.get(), piece) : asked(piece);
  }

  private int offline(Path main, String piece) throws CommandFailed {
    try {
      PieceProof.Proven proven = PieceProof.of(piece, PieceProof.headerIn(main));
      ObjectNode tree =
          JsonNodeFactory.instance
              .objectNode()
              .put("compartment", proven.piece().compartment().text())
              .put("generation", proven.piece().generation())
              .put("number", proven.piece().number())
              .put("needed", proven.threshold())
              .put("genuine", true);
      invocation.output().print(invocation.out(), tree, () -> proven.words() + "\n");
      return ExitCode.DONE.number();
    } catch (PieceRefused refused) {
      throw new CommandFailed(
          ExitCode.VERIFICATION_FAILED, String.valueOf(refused.getMessage()), refused);
    } catch (IOException | SealBroken unreadable) {
      throw new CommandFailed(
          ExitCode.USAGE,
          main + " holds no vault that can be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  private int asked(String piece) throws CommandFailed {
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
