package io.elottery.foundation.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) over parts joined; the JDK's. */
public final class Sha256 {
  /** Bytes of a digest. */
  public static final int LENGTH = 32;

  private Sha256() {}

  /** One to be given its bytes little by little. */
  public static MessageDigest running() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The digest of the parts, one after the other: 32 bytes. */
  public static byte[] of(byte[]... parts) {
    MessageDigest digest = running();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** The digest of all of it in lower-case hex: 64 characters. */
  public static String hex(byte[] all) {
    return HexFormat.of().formatHex(of(all));
  }
}
