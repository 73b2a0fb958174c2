package io.elottery.keyvault.keystep;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.bouncycastle.Ed25519;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;

/**
 * A shard's receipt key on its way to one of the shard's members. Travels on an authenticated trunk
 * only.
 *
 * @param shard the shard's number, from 0
 * @param seed the 32-byte Ed25519 seed
 */
public record ReceiptKeyGrant(int shard, Secret seed) {
  private static final int SEED_LENGTH = 32;

  /** Checks the ranges. */
  public ReceiptKeyGrant {
    if (shard < 0 || seed.length() != SEED_LENGTH) {
      throw new IllegalArgumentException("receipt key of shard " + shard + ": expected 32 bytes");
    }
  }

  /** The 32-byte Ed25519 public key that the shard's receipts verify with; not secret. */
  public byte[] publicKey() {
    return Ed25519.signer(seed).publicKey();
  }

  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    byte[] body = new WireWriter().i32(shard).raw(seed.reveal(SecretAccess.KEYVAULT)).toBytes();
    return new Envelope(KeyvaultKinds.RECEIPT_KEY, KeyvaultKinds.VERSION, body);
  }

  /** Reads it. */
  public static ReceiptKeyGrant from(Envelope envelope) throws MalformedMessage {
    WireReader in = new WireReader(envelope.body());
    int shard = in.i32();
    byte[] seed = in.raw(SEED_LENGTH);
    in.done();
    if (shard < 0) {
      throw new MalformedMessage("receipt key: shard " + shard);
    }
    return new ReceiptKeyGrant(shard, Secret.of(seed));
  }
}
