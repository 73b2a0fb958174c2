package io.elottery.lottery.verify;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.merkle.InclusionProof;
import java.util.Arrays;

/**
 * That a sale is in the state which a head of a shard's log signs, without any other sale being
 * told: {@code docs/formats/lottery.md}, "State digest".
 *
 * @param figures of the state's digest, beside the sales
 * @param sale among all sales of the shard up to that head
 */
public record SoldInState(long figures, InclusionProof sale) {
  /**
   * Whether the digest is over this sale.
   *
   * @param state the head's, 32 bytes
   * @param text {@link io.elottery.lottery.ticket.SaleText}
   */
  public boolean isIn(byte[] state, byte[] text) {
    byte[] beside = new WireWriter(16).i64(figures).i64(sale.size()).toBytes();
    return sale.root(text)
        .filter(root -> Arrays.equals(state, Sha256.of(beside, root)))
        .isPresent();
  }
}
