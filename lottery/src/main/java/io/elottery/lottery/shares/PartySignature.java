package io.elottery.lottery.shares;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Checks Ed25519 signatures (RFC 8032 §5.1.7) with the JDK's provider; pure Ed25519, no context.
 * What is not a key or not a signature is a signature that does not hold.
 */
public final class PartySignature {
  /** Bytes of a public key. */
  public static final int KEY_LENGTH = 32;

  /** Bytes of a signature. */
  public static final int LENGTH = 64;

  // SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4) up to the key's 32 bytes.
  private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private PartySignature() {}

  /** Whether the signature over the message was made with the key's other half. */
  public static boolean holds(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != KEY_LENGTH || signature.length != LENGTH) {
      return false;
    }
    byte[] encoded = new byte[KEY_PREFIX.length + KEY_LENGTH];
    System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
    System.arraycopy(publicKey, 0, encoded, KEY_PREFIX.length, KEY_LENGTH);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException notAKeyOrSignature) {
      return false;
    }
  }
}
