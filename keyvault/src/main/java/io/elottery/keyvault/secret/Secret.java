package io.elottery.keyvault.secret;

import io.elottery.foundation.time.RandomSource;
import java.security.MessageDigest;

/**
 * Bytes that never show: printed it reads {@code «secret»}, compared it takes the same time
 * whatever differs. It protects against logs and mistakes, not against a dump of the memory.
 */
public final class Secret {
  /** What every secret prints. */
  public static final String HIDDEN = "«secret»";

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Fresh from chance. */
  public static Secret random(RandomSource random, int length) {
    return new Secret(random.bytes(length));
  }

  /** A copy of the bytes, for keyvault alone. */
  public byte[] reveal(SecretAccess access) {
    if (access != SecretAccess.KEYVAULT) {
      throw new IllegalArgumentException("no access");
    }
    return bytes.clone();
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Says nothing about the bytes but their number. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
