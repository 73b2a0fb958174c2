package io.elottery.keyvault.seal;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.bouncycastle.Argon2id;
import io.elottery.keyvault.secret.Secret;
import java.util.HexFormat;

/**
 * How a passphrase becomes a key: stored in clear beside what it seals, so that the same passphrase
 * gives the same key everywhere.
 *
 * @param cost the parameters
 * @param salt 16 bytes, random, not secret
 */
public record PassphraseKdf(KdfCost cost, byte[] salt) {
  private static final int SALT_LENGTH = 16;

  /** Checks the salt's length. */
  public PassphraseKdf {
    if (salt.length != SALT_LENGTH) {
      throw new IllegalArgumentException("salt of " + salt.length + " bytes: expected 16");
    }
  }

  /** With a fresh salt. */
  public static PassphraseKdf fresh(KdfCost cost, RandomSource random) {
    return new PassphraseKdf(cost, random.bytes(SALT_LENGTH));
  }

  /** The key that a passphrase gives, 32 bytes. Takes as long as the cost says. */
  public Secret key(String passphrase) {
    if (passphrase.isEmpty()) {
      throw new IllegalArgumentException("the passphrase is empty");
    }
    return Argon2id.derive(passphrase, salt, cost.memoryKib(), cost.iterations(), cost.lanes());
  }

  /** Appends it: memory, passes, lanes, salt. */
  public void writeTo(WireWriter out) {
    out.i32(cost.memoryKib()).i32(cost.iterations()).i32(cost.lanes()).raw(salt);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static PassphraseKdf readFrom(WireReader in) throws MalformedMessage {
    try {
      return new PassphraseKdf(new KdfCost(in.i32(), in.i32(), in.i32()), in.raw(SALT_LENGTH));
    } catch (IllegalArgumentException outOfRange) {
      throw new MalformedMessage(String.valueOf(outOfRange.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "PassphraseKdf[" + cost + ", salt " + HexFormat.of().formatHex(salt) + "]";
  }
}
