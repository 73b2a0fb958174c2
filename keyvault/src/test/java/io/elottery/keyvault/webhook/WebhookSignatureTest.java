package io.elottery.keyvault.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.keyvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  // As published with Svix' and Standard Webhooks' libraries.
  private static final Secret SECRET =
      Secret.of(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1_614_265_330L;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void publishedExampleIsSignedAsPublished() {
    assertThat(WebhookSignature.of(SECRET, ID, AT, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void oneGoodSignatureAmongSeveralIsEnough() {
    assertThat(WebhookSignature.holds(SECRET, ID, AT, BODY, "v1,AAAA " + SIGNATURE)).isTrue();
  }

  @Test
  void whatWasAlteredDoesNotHold() {
    byte[] other = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);

    assertThat(WebhookSignature.holds(SECRET, ID, AT, other, SIGNATURE)).isFalse();
    assertThat(WebhookSignature.holds(SECRET, ID, AT + 1, BODY, SIGNATURE)).isFalse();
    assertThat(WebhookSignature.holds(SECRET, ID + "x", AT, BODY, SIGNATURE)).isFalse();
    assertThat(WebhookSignature.holds(SECRET, ID, AT, BODY, "")).isFalse();
  }
}
