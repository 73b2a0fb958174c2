package io.elottery.worker.town;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.machine.ReceiptSigning;

/** Seals receipts as each shard's key would, but for a hash in the signature's place. */
final class ShardSeal implements ReceiptSigning.Signer {
  private static final int KEY = 32;
  private static final int SIGNATURE = 64;

  private final byte[] key = new byte[KEY];

  ShardSeal(int shard) {
    key[0] = (byte) shard;
  }

  @Override
  public byte[] publicKey() {
    return key.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[SIGNATURE];
    System.arraycopy(Sha256.of(message), 0, signature, 0, KEY);
    signature[KEY] = key[0];
    return signature;
  }
}
