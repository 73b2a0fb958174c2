package io.elottery.lottery.numbers;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC_DRBG with SHA-256 (NIST SP 800-90A Rev. 1 §10.1.2), no nonce, no additional input, no
 * reseeding: a draw asks for far fewer than the 2^48 outputs allowed. Deterministic on purpose.
 */
final class HmacDrbg {
  private static final byte[] EMPTY = {};

  private final Mac mac;
  private byte[] key = new byte[32];
  private byte[] value = new byte[32];

  HmacDrbg(byte[] entropy, byte[] personalisation) {
    try {
      mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
    Arrays.fill(value, (byte) 1);
    byte[] seed = Arrays.copyOf(entropy, entropy.length + personalisation.length);
    System.arraycopy(personalisation, 0, seed, entropy.length, personalisation.length);
    update(seed);
  }

  /** Four bytes, as an unsigned big-endian number. */
  long nextUnsigned32() {
    byte[] bytes = generate(4);
    long number = 0;
    for (byte each : bytes) {
      number = number << 8 | (each & 0xff);
    }
    return number;
  }

  byte[] generate(int count) {
    byte[] out = new byte[count];
    for (int at = 0; at < count; at += value.length) {
      value = hmac(key, value);
      System.arraycopy(value, 0, out, at, Math.min(value.length, count - at));
    }
    update(EMPTY);
    return out;
  }

  private void update(byte[] provided) {
    key = hmac(key, value, new byte[] {0}, provided);
    value = hmac(key, value);
    if (provided.length > 0) {
      key = hmac(key, value, new byte[] {1}, provided);
      value = hmac(key, value);
    }
  }

  private byte[] hmac(byte[] with, byte[]... parts) {
    try {
      mac.init(new SecretKeySpec(with, "HmacSHA256"));
    } catch (GeneralSecurityException anyKeyWillDo) {
      throw new IllegalStateException(anyKeyWillDo);
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }
}
