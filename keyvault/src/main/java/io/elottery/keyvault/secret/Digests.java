package io.elottery.keyvault.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of whole byte arrays. */
public final class Digests {
  private Digests() {}

  /** The 32 bytes. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("SHA-256 is in every JDK", absent);
    }
  }

  /** The 32 bytes in lower-case hex. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }
}
