package io.elottery.web.signin;

import io.elottery.foundation.time.RandomSource;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.Octets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes and checks password hashes: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), off the loop.
 *
 * <p>A stolen ledger gives hashes only; each guess costs {@link #ROUNDS} rounds. Checking a player
 * that does not exist costs the same as one that does.
 */
public final class Passwords {
  /** Rounds of a new hash; one takes some 50–100 ms. */
  public static final int ROUNDS = 120_000;

  /** Characters a password has at least. */
  public static final int LENGTH_MIN = 8;

  /** Characters a password has at most. */
  public static final int LENGTH_MAX = 200;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private final HardWork work;
  private final RandomSource random;
  private final int rounds;

  /** With the usual number of rounds. */
  public Passwords(HardWork work, RandomSource random) {
    this(work, random, ROUNDS);
  }

  /**
   * @param rounds of new hashes; fewer than {@link #ROUNDS} only in tests and benchmarks
   */
  public Passwords(HardWork work, RandomSource random, int rounds) {
    this.work = work;
    this.random = random;
    this.rounds = rounds;
  }

  /** Hashes a new password; empty when too much waits. */
  public Optional<CompletableFuture<PasswordHash>> hash(String password) {
    byte[] salt = random.bytes(SALT_BYTES);
    return work.run(
        () ->
            new PasswordHash(
                Octets.wrap(derive(password, salt, rounds)), Octets.wrap(salt), rounds));
  }

  /**
   * Whether the password is the one hashed; empty when too much waits.
   *
   * @param known empty for a player that does not exist: takes as long, answers false
   */
  public Optional<CompletableFuture<Boolean>> matches(
      String password, Optional<PasswordHash> known) {
    PasswordHash hash = known.orElseGet(this::nobodys);
    return work.run(
        () -> {
          byte[] derived = derive(password, hash.salt().toBytes(), hash.rounds());
          return MessageDigest.isEqual(derived, hash.hash().toBytes()) && known.isPresent();
        });
  }

  private PasswordHash nobodys() {
    return new PasswordHash(
        Octets.wrap(new byte[HASH_BITS / 8]), Octets.wrap(new byte[SALT_BYTES]), rounds);
  }

  private static byte[] derive(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("PBKDF2 is part of every JDK", impossible);
    } finally {
      spec.clearPassword();
    }
  }
}
