package io.elottery.deploy.command;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.init.InitPlan;
import io.elottery.keyvault.pieces.KeyPiece;
import io.elottery.keyvault.vault.Compartment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many key pieces a new vault has, and where they go. */
final class CutOptions {
  private static final int NOT_GIVEN = 0;

  @Option(
      names = "--pieces",
      paramLabel = "N",
      description = {
        "Cuts each of the vault's three keys into N pieces, one for each of N people;",
        "without it, passphrase files open the vault."
      })
  private int pieces = NOT_GIVEN;

  @Option(
      names = "--threshold",
      paramLabel = "K",
      description = "So many pieces open it (default: more than half of N).")
  private int threshold = NOT_GIVEN;

  @Option(
      names = "--pieces-to",
      paramLabel = "DIR",
      description = "Writes the pieces as files into DIR instead of showing them.")
  private @Nullable Path to;

  Optional<InitPlan.Cut> cut() throws CommandFailed {
    if (pieces == NOT_GIVEN) {
      if (threshold != NOT_GIVEN || to != null) {
        throw new CommandFailed(ExitCode.USAGE, "say how many pieces with --pieces N");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InitPlan.Cut(pieces, threshold == NOT_GIVEN ? pieces / 2 + 1 : threshold));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Shows them, once, or writes each into a file of its own. */
  void show(List<KeyPiece> made, PrintStream out) throws CommandFailed {
    if (to != null) {
      write(made, to);
      out.println(
          "key pieces of the vault   " + to + "  (give each to another person, then remove)");
      return;
    }
    out.println();
    out.println("Key pieces of the vault. They are not shown again and stand nowhere else.");
    out.println("Give each to another person; nobody gets pieces of both left and right.");
    for (Compartment compartment : Compartment.values()) {
      out.println();
      out.println(compartment.text());
      made.stream()
          .filter(piece -> piece.compartment() == compartment)
          .forEach(piece -> out.println("  " + piece.text()));
    }
    out.println();
  }

  private static void write(List<KeyPiece> made, Path directory) throws CommandFailed {
    try {
      OwnerOnlyFiles.directory(directory);
      for (KeyPiece piece : made) {
        OwnerOnlyFiles.writeLine(directory.resolve(piece.label() + ".piece"), piece.text());
      }
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, "cannot write into " + directory + ": " + failed);
    }
  }
}
