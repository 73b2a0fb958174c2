package io.elottery.keyvault.bouncycastle;

import io.elottery.keyvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, version 1.3 (RFC 9106): makes guessing a passphrase dear in memory and time. */
public final class Argon2id {
  private static final int KEY_LENGTH = 32;

  private Argon2id() {}

  /**
   * A 32-byte key. Takes about a second with 64 MiB and three passes.
   *
   * @param salt at least 8 bytes
   * @param memoryKib memory in KiB, at least 8 per lane
   * @param iterations passes over it, from 1
   * @param lanes from 1
   */
  public static Secret derive(
      String passphrase, byte[] salt, int memoryKib, int iterations, int lanes) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(lanes)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] key = new byte[KEY_LENGTH];
    generator.generateBytes(passphrase.getBytes(StandardCharsets.UTF_8), key);
    return Secret.of(key);
  }
}
