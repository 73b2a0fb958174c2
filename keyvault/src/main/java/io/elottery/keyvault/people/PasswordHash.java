package io.elottery.keyvault.people;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.bouncycastle.Argon2id;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.security.MessageDigest;

/**
 * A password as Argon2id leaves it. Making and checking one takes as long as the cost says: not on
 * a loop.
 *
 * @param cost what a guess costs
 * @param salt 16 bytes
 * @param hash 32 bytes
 */
public record PasswordHash(KdfCost cost, byte[] salt, byte[] hash) {
  /** 19 MiB, two passes (OWASP's least for Argon2id): about 50 ms, many sign in at once. */
  public static final KdfCost COST = new KdfCost(19_456, 2, 1);

  static final int SALT_LENGTH = 16;
  static final int HASH_LENGTH = 32;

  /** Checks the lengths. */
  public PasswordHash {
    if (salt.length != SALT_LENGTH || hash.length != HASH_LENGTH) {
      throw new IllegalArgumentException("password hash: expected 16 and 32 bytes");
    }
  }

  /** Of this password, with a fresh salt. */
  public static PasswordHash of(String password, KdfCost cost, RandomSource random) {
    byte[] salt = random.bytes(SALT_LENGTH);
    return new PasswordHash(cost, salt, derive(password, cost, salt));
  }

  /** Whether it is of this password. */
  public boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, cost, salt));
  }

  private static byte[] derive(String password, KdfCost cost, byte[] salt) {
    return Argon2id.derive(password, salt, cost.memoryKib(), cost.iterations(), cost.lanes())
        .reveal(SecretAccess.KEYVAULT);
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
