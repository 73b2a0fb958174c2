package io.elottery.keyvault.pieces;

import io.elottery.keyvault.pieces.PieceRefused.Why;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.HeaderFile;
import io.elottery.keyvault.vault.Lock;
import io.elottery.keyvault.vault.VaultHeader;
import java.io.IOException;
import java.nio.file.Path;

/** Proves one piece against the vault's header, without any other piece and without a network. */
public final class PieceProof {
  private PieceProof() {}

  /**
   * Whether the text is a genuine piece of this vault.
   *
   * @return which one, and how many are needed; nothing secret
   * @throws PieceRefused saying why not
   */
  public static Proven of(String text, VaultHeader header) throws PieceRefused {
    KeyPiece piece = KeyPiece.parse(text);
    Lock.Pieces lock =
        header
            .pieces(piece.compartment())
            .orElseThrow(
                () ->
                    new PieceRefused(
                        Why.NO_PIECES,
                        "the vault's "
                            + piece.compartment().text()
                            + " opens by a passphrase, not by pieces"));
    Unsealing.prove(piece, piece.compartment(), header.generation(), lock);
    return new Proven(piece, lock.threshold());
  }

  /**
   * The newest header in a main's directory, of {@code vault.header} and {@code bootstrap.sealed}.
   */
  public static VaultHeader headerIn(Path mainDirectory) throws IOException, SealBroken {
    return new HeaderFile(mainDirectory.resolve("vault.header"))
        .newest(Bootstrap.read(mainDirectory.resolve("bootstrap.sealed")).header());
  }

  /**
   * A genuine piece.
   *
   * @param threshold how many of its compartment are needed
   */
  public record Proven(KeyPiece piece, int threshold) {
    /** For people: {@code piece 3 of 5 for left, generation 1: genuine; 3 are needed}. */
    public String words() {
      return "piece "
          + piece.number()
          + " of "
          + piece.pieces()
          + " for "
          + piece.compartment().text()
          + ", generation "
          + piece.generation()
          + ": genuine; "
          + threshold
          + " are needed";
    }
  }
}
