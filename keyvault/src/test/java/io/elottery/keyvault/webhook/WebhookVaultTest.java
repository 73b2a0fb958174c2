package io.elottery.keyvault.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookVaultTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
  private static final String URL = "https://pager.example.org/hook/0815";
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final RandomSource random = new SecureRandomSource();
  private final MemoryRecords records = new MemoryRecords();
  private final WebhookVault vault =
      new WebhookVault(
          new Vault(CutVault.openForNow(random), records, random, new SystemTime()).store(),
          random);

  @Test
  void whatIsSignedIsVerifiedByTheSecretThatWasShown() {
    String shown = vault.create("w-1", URL).join();

    SignedAlert signed = vault.sign("w-1", "msg_1", AT, BODY).join().orElseThrow();

    Secret secret = Secret.of(Base64.getDecoder().decode(shown.substring("whsec_".length())));
    assertThat(secret.length()).isEqualTo(32);
    assertThat(signed.url()).isEqualTo(URL);
    assertThat(
            WebhookSignature.holds(secret, "msg_1", signed.timestamp(), BODY, signed.signature()))
        .isTrue();
  }

  @Test
  void addressAndSecretLieSealed() {
    String shown = vault.create("w-1", URL).join();
    byte[] secret = Base64.getDecoder().decode(shown.substring("whsec_".length()));

    for (byte[] record : records.all().values()) {
      String bytes = new String(record, StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("pager.example.org");
      assertThat(bytes).doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void removedWebhookSignsNothing() {
    vault.create("w-1", URL).join();
    vault.destroy("w-1").join();

    assertThat(vault.sign("w-1", "msg_1", AT, BODY).join()).isEmpty();
    assertThat(vault.sign("w-2", "msg_1", AT, BODY).join()).isEmpty();
  }

  @Test
  void nothingOfItIsPrinted() {
    String shown = vault.create("w-1", URL).join();
    SignedAlert signed = vault.sign("w-1", "msg_1", AT, BODY).join().orElseThrow();

    assertThat(vault + " " + signed).doesNotContain("pager").doesNotContain(shown);
  }
}
