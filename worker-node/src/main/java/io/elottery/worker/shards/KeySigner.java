package io.elottery.worker.shards;

import io.elottery.keyvault.signing.Signer;
import io.elottery.lottery.machine.ReceiptSigning;

/** A key of the vault as the lottery wants one. */
record KeySigner(Signer key) implements ReceiptSigning.Signer {
  @Override
  public byte[] publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }
}
