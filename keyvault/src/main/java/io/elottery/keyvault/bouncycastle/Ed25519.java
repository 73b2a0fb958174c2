package io.elottery.keyvault.bouncycastle;

import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.signing.Signer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519.Algorithm;

/** Ed25519 (RFC 8032 section 5.1) by Bouncy Castle: some twenty times faster than the JDK's. */
public final class Ed25519 {
  private Ed25519() {}

  /**
   * The signer of a key.
   *
   * @param seed 32 bytes, what RFC 8032 calls the private key
   */
  public static Signer signer(Secret seed) {
    if (seed.length() != Ed25519PrivateKeyParameters.KEY_SIZE) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length());
    }
    return new SeedSigner(new Ed25519PrivateKeyParameters(seed.reveal(SecretAccess.KEYVAULT)));
  }

  /** Whether the signature is this key's over exactly these bytes; false for malformed input. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == org.bouncycastle.math.ec.rfc8032.Ed25519.PUBLIC_KEY_SIZE
        && signature.length == org.bouncycastle.math.ec.rfc8032.Ed25519.SIGNATURE_SIZE
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, publicKey, 0, message, 0, message.length);
  }

  private static final class SeedSigner implements Signer {
    private final Ed25519PrivateKeyParameters key;
    private final byte[] publicKey;

    SeedSigner(Ed25519PrivateKeyParameters key) {
      this.key = key;
      this.publicKey = key.generatePublicKey().getEncoded();
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
      key.sign(Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
      return signature;
    }

    @Override
    public String toString() {
      return Secret.HIDDEN;
    }
  }
}
