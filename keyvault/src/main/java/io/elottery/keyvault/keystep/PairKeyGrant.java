package io.elottery.keyvault.keystep;

import io.elottery.keyvault.secret.Hkdf;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.HexFormat;

/**
 * One epoch of a link's pair key. Travels as a {@link KeyStep} only.
 *
 * @param link the link's text, {@code worker-1~worker-2/replica}
 * @param epoch the key's epoch, from 1
 * @param key 32 bytes
 */
public record PairKeyGrant(String link, int epoch, Secret key) {
  /** Bytes of a pair key. */
  public static final int KEY_LENGTH = 32;

  /** Checks the ranges. */
  public PairKeyGrant {
    if (link.isEmpty() || epoch < 1 || key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "pair key of \"" + link + "\" epoch " + epoch + ": expected epoch 1 …, 32 bytes");
    }
  }

  /** What an end that holds this key answers to such a step. */
  public KeyConfirm confirm(KeyStep.Step step) {
    return new KeyConfirm(link, epoch, step, check());
  }

  /** Names the key without saying anything about it: 16 hex digits. */
  public String check() {
    byte[] derived = Hkdf.derive(key, "elottery/key-check/v1", link).reveal(SecretAccess.KEYVAULT);
    return HexFormat.of().formatHex(derived, 0, 8);
  }
}
