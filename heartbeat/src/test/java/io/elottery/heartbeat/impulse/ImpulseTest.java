package io.elottery.heartbeat.impulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpulseTest {
  private static final Impulse IMPULSE =
      new Impulse(258, 1_700_000_000_000L, 375, true, false, 257, Duration.ofNanos(1_500_000));
  private static final String GOLDEN =
      "0000000000000102" // sequence
          + "0000018bcfe56800" // incarnation
          + "0177" // load
          + "01" // flags
          + "0000000000000101" // heard sequence
          + "000005dc"; // heard age, microseconds

  @Test
  void impulseIsTheseBytes() {
    Envelope envelope = IMPULSE.toEnvelope();

    assertThat(envelope.kind()).isEqualTo(0x0101);
    assertThat(envelope.version()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(envelope.body())).isEqualTo(GOLDEN);
  }

  @Test
  void theseBytesAreTheImpulse() throws Exception {
    Envelope envelope = new Envelope(HeartbeatKinds.IMPULSE, 1, HexFormat.of().parseHex(GOLDEN));

    assertThat(Impulse.of(envelope)).isEqualTo(IMPULSE);
  }

  @Test
  void otherVersionsAndLengthsAreMalformed() {
    byte[] body = HexFormat.of().parseHex(GOLDEN);

    assertThatThrownBy(() -> Impulse.of(new Envelope(HeartbeatKinds.IMPULSE, 2, body)))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(
            () -> Impulse.of(new Envelope(HeartbeatKinds.IMPULSE, 1, new byte[body.length + 1])))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void fuzzedBytesAreAnImpulseOrMalformed() {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] body = seed % 2 == 0 ? golden.clone() : new byte[random.nextInt(40)];
      if (seed % 2 == 0) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        random.nextBytes(body);
      }
      try {
        Impulse read = Impulse.of(new Envelope(HeartbeatKinds.IMPULSE, 1, body));
        assertThat(read.toEnvelope().body()).as("seed %d", seed).isEqualTo(body);
      } catch (MalformedMessage expected) {
        // The other allowed outcome.
      }
    }
  }
}
