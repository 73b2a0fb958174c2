package io.elottery.heartbeat.impulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpulseTest {
  private static final Impulse IMPULSE =
      new Impulse(258, 1_700_000_000_000L, 375, true, false, 257, Duration.ofNanos(1_500_000));
  private static final String REST =
      "8202" // sequence
          + "f702" // load
          + "8102" // heard sequence
          + "dc0b"; // heard age, microseconds
  private static final String FULL = "05" + "80d095ffbc31" + REST; // flags, incarnation
  private static final String BRIEF = "01" + "6800" + REST; // flags, end of the incarnation

  @Test
  void impulseIsTheseBytes() {
    Envelope full = IMPULSE.full();

    assertThat(full.kind()).isEqualTo(0x0101);
    assertThat(full.version()).isEqualTo(2);
    assertThat(HexFormat.of().formatHex(full.body())).isEqualTo(FULL);
    assertThat(HexFormat.of().formatHex(IMPULSE.brief().body())).isEqualTo(BRIEF);
  }

  @Test
  void theseBytesAreTheImpulse() throws Exception {
    assertThat(Impulse.of(impulse(FULL), -1)).contains(IMPULSE);
    assertThat(Impulse.of(impulse(BRIEF), IMPULSE.incarnation())).contains(IMPULSE);
  }

  @Test
  void briefImpulseOfAnUnknownProcessIsNone() throws Exception {
    assertThat(Impulse.of(impulse(BRIEF), -1)).isEmpty();
    assertThat(Impulse.of(impulse(BRIEF), IMPULSE.incarnation() + 1)).isEmpty();
  }

  @Test
  void otherVersionsLengthsAndValuesAreMalformed() {
    byte[] body = HexFormat.of().parseHex(FULL);
    Envelope older = new Envelope(HeartbeatKinds.IMPULSE, 1, body);

    assertThatThrownBy(() -> Impulse.of(older, -1)).isInstanceOf(MalformedMessage.class);
    for (String wrong :
        List.of(
            FULL + "00", // too long
            "01" + "6800" + "01" + "00" + "00", // too short
            "09" + "6800" + REST, // unknown flag
            "01" + "6800" + "00" + "00" + "00" + "00", // sequence 0
            "01" + "6800" + "8200" + "00" + "00" + "00", // not the shortest form
            "01" + "6800" + "01" + "e907" + "00" + "00", // load 1001
            "01" + "6800" + "01" + "00" + "00" + "8080808008")) { // age of 2^31 µs
      assertThatThrownBy(() -> Impulse.of(impulse(wrong), IMPULSE.incarnation()))
          .as(wrong)
          .isInstanceOf(MalformedMessage.class);
    }
  }

  @Test
  void fuzzedBytesAreAnImpulseOrMalformed() {
    long known = IMPULSE.incarnation();
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      byte[] body = HexFormat.of().parseHex(seed % 4 == 0 ? FULL : BRIEF);
      if (seed % 2 == 0) {
        body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        body = new byte[random.nextInt(40)];
        random.nextBytes(body);
      }
      try {
        Optional<Impulse> read = Impulse.of(new Envelope(HeartbeatKinds.IMPULSE, 2, body), known);
        if (read.isPresent()) {
          Impulse impulse = read.get();
          Envelope again = (body[0] & 4) == 0 ? impulse.brief() : impulse.full();
          assertThat(again.body()).as("seed %d", seed).isEqualTo(body);
        }
      } catch (MalformedMessage expected) {
        // The other allowed outcome.
      }
    }
  }

  private static Envelope impulse(String hex) {
    return new Envelope(HeartbeatKinds.IMPULSE, 2, HexFormat.of().parseHex(hex));
  }
}
