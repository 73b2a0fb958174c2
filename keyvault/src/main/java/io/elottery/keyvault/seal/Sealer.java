package io.elottery.keyvault.seal;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.Hkdf;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes for rest: nobody without the master key reads or alters them, or passes the bytes of
 * one context off as another's.
 *
 * <p>AES-256-GCM with a key per context (HKDF-SHA256 of the master key) and a random 12-byte nonce.
 * Bytes: format 1 | nonce 12 | ciphertext | tag 16. It does not stop somebody from putting back
 * older sealed bytes of the same context: the vault's records carry their version for that.
 *
 * <p>Why a nonce does not repeat: random nonces of 96 bits repeat with a chance of about n² / 2⁹⁷
 * after n seals under one key (NIST SP 800-38D §8.3 allows 2³²). A context of the vault names
 * record and version, so its key seals once, and once more for each write whose outcome was not
 * known; a header's key is new with each generation and seals once. {@code node-keys} is written
 * for each key that a server takes or drops: a thousand a day for ten years are 2²², a chance of
 * 2⁻⁵³. {@code bootstrap/digest} is sealed once. Any thread.
 */
public final class Sealer {
  private static final byte FORMAT = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int MASTER_LENGTH = 32;

  private final Secret master;
  private final RandomSource random;

  private Sealer(Secret master, RandomSource random) {
    this.master = master;
    this.random = random;
  }

  /** Under the key a passphrase gives; takes as long as the parameters say. */
  public static Sealer fromPassphrase(PassphraseKdf kdf, String passphrase, RandomSource random) {
    return new Sealer(kdf.key(passphrase), random);
  }

  /** Under this key of 32 bytes. */
  public static Sealer fromKey(Secret master, RandomSource random) {
    if (master.length() != MASTER_LENGTH) {
      throw new IllegalArgumentException("master key of " + master.length() + " bytes: not 32");
    }
    return new Sealer(master, random);
  }

  /**
   * Seals.
   *
   * @param context where the bytes belong, not secret; the same to open them
   */
  public byte[] seal(String context, byte[] plain) {
    byte[] nonce = random.bytes(NONCE_LENGTH);
    byte[] sealed = Arrays.copyOf(new byte[] {FORMAT}, 1 + NONCE_LENGTH + plain.length + 16);
    System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
    try {
      cipher(Cipher.ENCRYPT_MODE, context, sealed)
          .doFinal(plain, 0, plain.length, sealed, 1 + NONCE_LENGTH);
      return sealed;
    } catch (GeneralSecurityException ours) {
      throw new IllegalStateException("AES-GCM is in every JDK", ours);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws SealBroken when anything differs: bytes, context or master key
   */
  public byte[] open(String context, byte[] sealed) throws SealBroken {
    if (sealed.length < 1 + NONCE_LENGTH + TAG_BITS / 8 || sealed[0] != FORMAT) {
      throw broken(context);
    }
    try {
      int from = 1 + NONCE_LENGTH;
      return cipher(Cipher.DECRYPT_MODE, context, sealed)
          .doFinal(sealed, from, sealed.length - from);
    } catch (GeneralSecurityException altered) {
      throw broken(context);
    }
  }

  @Override
  public String toString() {
    return "Sealer[" + Secret.HIDDEN + "]";
  }

  private Cipher cipher(int mode, String context, byte[] sealed) throws GeneralSecurityException {
    byte[] key = Hkdf.derive(master, "elottery/seal/v1", context).reveal(SecretAccess.KEYVAULT);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_LENGTH));
    cipher.updateAAD(sealed, 0, 1);
    return cipher;
  }

  private static SealBroken broken(String context) {
    return new SealBroken(context + " does not open: wrong passphrase or key, or altered bytes");
  }
}
