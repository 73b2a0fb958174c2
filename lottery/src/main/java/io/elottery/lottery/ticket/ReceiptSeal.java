package io.elottery.lottery.ticket;

import io.elottery.lottery.id.Octets;

/**
 * The system's signature on a receipt.
 *
 * @param key the shard's receipt key, Ed25519, 32 bytes
 * @param signature 64 bytes, over {@link Receipt#signedText}
 */
public record ReceiptSeal(Octets key, Octets signature) {
  /** Checks the sizes. */
  public ReceiptSeal {
    key.ofSize(32, "receipt key");
    signature.ofSize(64, "receipt signature");
  }
}
