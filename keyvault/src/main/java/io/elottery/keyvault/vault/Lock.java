package io.elottery.keyvault.vault;

import io.elottery.keyvault.bouncycastle.Shamir;
import java.util.List;

/** How a compartment's key is wrapped. Public: it opens nothing by itself. */
public sealed interface Lock {
  /** The compartment's key, sealed. Not copied. */
  byte[] wrapped();

  /**
   * Under a passphrase, by the header's Argon2id parameters: for the demonstration, and where a
   * main must start unattended.
   */
  record Passphrase(byte[] wrapped) implements Lock {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.passphrase(this);
    }
  }

  /**
   * Under a key that is cut into pieces.
   *
   * @param threshold how many pieces give it, from 2
   * @param commitments of each piece, by number from 1; 32 bytes each
   */
  record Pieces(int threshold, List<byte[]> commitments, byte[] wrapped) implements Lock {
    /** Checks and copies. */
    public Pieces {
      commitments = List.copyOf(commitments);
      if (threshold < 2
          || threshold > commitments.size()
          || commitments.size() > Shamir.SHARES_MAX
          || commitments.stream().anyMatch(each -> each.length != 32)) {
        throw new IllegalArgumentException(
            threshold + " of " + commitments.size() + " pieces: expected 2 … 255");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pieces(this);
    }
  }

  /** An answer per case. */
  interface Cases<R> {
    /** Opens by a passphrase. */
    R passphrase(Passphrase lock);

    /** Opens by pieces. */
    R pieces(Pieces lock);
  }

  /** Answers by case. */
  <R> R match(Cases<R> cases);
}
