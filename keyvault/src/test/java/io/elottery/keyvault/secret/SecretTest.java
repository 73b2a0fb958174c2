package io.elottery.keyvault.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void printsNothingOfItself() {
    assertThat(Secret.of(new byte[] {65, 66, 67})).hasToString("«secret»");
  }

  @Test
  void isEqualByContentAndKeepsItsOwnCopy() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.of(bytes);
    bytes[0] = 9;

    assertThat(secret).isEqualTo(Secret.of(new byte[] {1, 2, 3}));
    assertThat(secret).isNotEqualTo(Secret.of(new byte[] {9, 2, 3}));
    secret.reveal(SecretAccess.KEYVAULT)[0] = 7;
    assertThat(secret.reveal(SecretAccess.KEYVAULT)).containsExactly(1, 2, 3);
  }
}
