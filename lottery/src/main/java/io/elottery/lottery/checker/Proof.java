package io.elottery.lottery.checker;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.ticket.Receipt;
import java.util.HexFormat;

/**
 * What of a receipt is compared.
 *
 * @param position in the ledger of its shard
 * @param price in minor units
 * @param digest the first 16 hex digits of SHA-256 over the receipt's bytes; {@value #UNSEEN} when
 *     they were not shown
 */
public record Proof(long position, long price, String digest) {
  /** Instead of a digest. */
  public static final String UNSEEN = "-";

  private static final int DIGEST_BYTES = 8;

  /** Of a receipt. */
  public static Proof of(Receipt receipt) {
    return of(receipt.position(), receipt.price().minorUnits(), receipt.text());
  }

  /** Of a ticket whose receipt's bytes were not shown. */
  public static Proof unseen(long position, long price) {
    return new Proof(position, price, UNSEEN);
  }

  /** Whether both can be of one receipt. */
  public boolean agrees(Proof other) {
    return position == other.position
        && price == other.price
        && (digest.equals(other.digest) || digest.equals(UNSEEN) || other.digest.equals(UNSEEN));
  }

  /** Of a receipt's bytes. */
  public static Proof of(long position, long price, byte[] receipt) {
    byte[] hash = Sha256.of(receipt);
    return new Proof(position, price, HexFormat.of().formatHex(hash, 0, DIGEST_BYTES));
  }
}
