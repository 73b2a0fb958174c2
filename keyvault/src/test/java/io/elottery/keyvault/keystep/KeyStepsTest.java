package io.elottery.keyvault.keystep;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.secret.Secret;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class KeyStepsTest {
  private final Secret key = Secret.of(new byte[32]);
  private final PairKeyGrant grant = new PairKeyGrant("worker-1~worker-2/replica", 7, key);

  @Test
  void goldenBytesOfAPairKey() {
    Envelope envelope = grant.toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0303);
    assertThat(HexFormat.of().formatHex(envelope.body()))
        .isEqualTo(
            "19"
                + HexFormat.of().formatHex("worker-1~worker-2/replica".getBytes())
                + "00000007"
                + "00".repeat(32));
  }

  @Test
  void goldenBytesOfAReceiptKey() {
    Envelope envelope = new ReceiptKeyGrant(3, key).toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0305);
    assertThat(HexFormat.of().formatHex(envelope.body())).isEqualTo("00000003" + "00".repeat(32));
  }

  @Test
  void allSurviveTheWire() throws Exception {
    assertThat(PairKeyGrant.from(grant.toEnvelope())).isEqualTo(grant);
    assertThat(KeyConfirm.from(grant.confirm().toEnvelope())).isEqualTo(grant.confirm());
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
}
