package io.elottery.keyvault.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.keyvault.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Argon2idTest {
  /** From the reference implementation's test suite (phc-winner-argon2, Argon2id version 0x13). */
  @Test
  void derivesAsTheReferenceImplementation() {
    byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);

    byte[] key = Argon2id.derive("password", salt, 256, 2, 1).reveal(SecretAccess.KEYVAULT);

    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
  }
}
