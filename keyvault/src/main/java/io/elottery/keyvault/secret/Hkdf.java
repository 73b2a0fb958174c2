package io.elottery.keyvault.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869): keys that are independent of each other and say nothing about the
 * one they come from.
 */
public final class Hkdf {
  private static final String MAC = "HmacSHA256";
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /**
   * Extract and expand.
   *
   * @param salt may be empty
   * @param length bytes wanted, at most 255 × 32
   */
  public static byte[] derive(byte[] input, byte[] salt, byte[] info, int length) {
    return expand(extract(salt, input), info, length);
  }

  /** 32 bytes from a secret, for the purpose the text names. */
  public static Secret derive(Secret input, String salt, String info) {
    return Secret.of(
        derive(
            input.reveal(SecretAccess.KEYVAULT),
            salt.getBytes(StandardCharsets.UTF_8),
            info.getBytes(StandardCharsets.UTF_8),
            HASH_LENGTH));
  }

  static byte[] extract(byte[] salt, byte[] input) {
    // An empty salt means a block of zeros (RFC 5869 section 2.2).
    return mac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(input);
  }

  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH_LENGTH) {
      throw new IllegalArgumentException("length " + length + ": expected 1 … 8160");
    }
    Mac mac = mac(pseudoRandomKey);
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    int done = 0;
    for (int counter = 1; done < length; counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      int count = Math.min(block.length, length - done);
      System.arraycopy(block, 0, output, done, count);
      done += count;
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac;
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(MAC + " is in every JDK", absent);
    }
  }
}
