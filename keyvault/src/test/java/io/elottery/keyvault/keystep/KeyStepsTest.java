package io.elottery.keyvault.keystep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeyStepsTest {
  private static final String LINK = "19" + hex("worker-1~worker-2/replica");

  private final Secret key = Secret.of(new byte[32]);
  private final PairKeyGrant grant = new PairKeyGrant("worker-1~worker-2/replica", 7, key);

  @Test
  void goldenBytesOfAnOffer() {
    Envelope envelope = KeyStep.offer(grant, 9).toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0303);
    assertThat(envelope.version()).isEqualTo(2);
    assertThat(HexFormat.of().formatHex(envelope.body()))
        .isEqualTo(LINK + "00000007" + "01" + "0000000000000009" + "00".repeat(32));
  }

  @Test
  void goldenBytesOfTheOtherSteps() {
    Map<Step, String> codes =
        Map.of(Step.ACTIVATE, "02", Step.RETIRE, "03", Step.WITHDRAW, "04", Step.CUT, "05");
    codes.forEach(
        (step, code) ->
            assertThat(HexFormat.of().formatHex(of(step).toEnvelope().body()))
                .isEqualTo(LINK + "00000007" + code + "0000000000000009"));
  }

  @Test
  void goldenBytesOfAConfirmation() {
    Envelope envelope = grant.confirm(Step.ACTIVATE).toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0304);
    assertThat(envelope.version()).isEqualTo(2);
    assertThat(HexFormat.of().formatHex(envelope.body()))
        .isEqualTo(LINK + "00000007" + "02" + "10" + hex(grant.check()));
    assertThat(grant.check()).isEqualTo("f0551492e4feebfa");
  }

  @Test
  void whatIsNoStepIsMalformed() {
    byte[] body = of(Step.CUT).toEnvelope().body();
    body[LINK.length() / 2 + 4] = 6;

    assertThatThrownBy(() -> KeyStep.from(new Envelope(KeyvaultKinds.PAIR_KEY, 2, body)))
        .isInstanceOf(MalformedMessage.class);
    Envelope old = new Envelope(KeyvaultKinds.PAIR_KEY, 1, of(Step.CUT).toEnvelope().body());
    assertThatThrownBy(() -> KeyStep.from(old)).isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> KeyStep.of(Step.OFFER, "l", 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goldenBytesOfAReceiptKey() {
    Envelope envelope = new ReceiptKeyGrant(3, key).toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0305);
    assertThat(HexFormat.of().formatHex(envelope.body())).isEqualTo("00000003" + "00".repeat(32));
  }

  @Test
  void allSurviveTheWire() throws Exception {
    KeyStep offer = KeyStep.offer(grant, 3);
    assertThat(KeyStep.from(offer.toEnvelope())).isEqualTo(offer);
    assertThat(offer.grant()).contains(grant);
    for (Step step : Step.values()) {
      if (step != Step.OFFER) {
        assertThat(KeyStep.from(of(step).toEnvelope())).isEqualTo(of(step));
      }
      KeyConfirm confirm = grant.confirm(step);
      assertThat(KeyConfirm.from(confirm.toEnvelope())).isEqualTo(confirm);
    }
    ReceiptKeyGrant receipt = new ReceiptKeyGrant(3, key);
    assertThat(ReceiptKeyGrant.from(receipt.toEnvelope())).isEqualTo(receipt);
  }

  @Test
  void confirmTellsOneKeyFromAnotherAndPrintsNone() {
    byte[] other = new byte[32];
    other[31] = 1;

    assertThat(grant.check())
        .hasSize(16)
        .isNotEqualTo(new PairKeyGrant(grant.link(), 7, Secret.of(other)).check());
    assertThat(grant.toString()).contains("«secret»");
  }

  private KeyStep of(Step step) {
    return KeyStep.of(step, grant.link(), 7, 9);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
