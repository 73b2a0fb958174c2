package io.elottery.heartbeat.impulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.elottery.heartbeat.impulse.Impulse.Known;
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
      "f702" // load
          + "dc0b"; // heard age, microseconds
  private static final String FULL = // flags, incarnation, sequence, heard sequence
      "05" + "80d095ffbc31" + "8202" + "8102" + REST;
  private static final String BRIEF = // flags, the last bytes of the same
      "01" + "00" + "02" + "01" + REST;
  private static final Known KNOWN = new Known(IMPULSE.incarnation(), 257, 258);

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
    assertThat(Impulse.of(impulse(FULL), Known.NOTHING)).contains(IMPULSE);
    assertThat(Impulse.of(impulse(BRIEF), KNOWN)).contains(IMPULSE);
  }

  @Test
  void briefImpulseOfAnUnknownProcessIsNone() throws Exception {
    Known another = new Known(IMPULSE.incarnation() + 1, 257, 258);

    assertThat(Impulse.of(impulse(BRIEF), Known.NOTHING)).isEmpty();
    assertThat(Impulse.of(impulse(BRIEF), another)).isEmpty();
  }

  @Test
  void briefNumbersAreTheNearestOnes() throws Exception {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      long heard = random.nextLong(1, seed % 2 == 0 ? 600 : 1L << 47);
      long sent = random.nextLong(1, seed % 2 == 0 ? 600 : 1L << 47);
      long sequence = Math.max(1, heard + random.nextInt(-100, 128));
      long echoed = Math.max(1, sent - random.nextInt(256));
      Impulse impulse = new Impulse(sequence, 9, 3, false, true, echoed, Duration.ofNanos(7_000));

      assertThat(Impulse.of(impulse.brief(), new Known(9, heard, sent)))
          .as("seed %d", seed)
          .contains(impulse);
    }
  }

  @Test
  void otherVersionsLengthsAndValuesAreMalformed() {
    byte[] body = HexFormat.of().parseHex(FULL);
    Envelope older = new Envelope(HeartbeatKinds.IMPULSE, 1, body);

    assertThatThrownBy(() -> Impulse.of(older, Known.NOTHING)).isInstanceOf(MalformedMessage.class);
    for (String wrong :
        List.of(
            FULL + "00", // too long
            "01" + "00" + "02" + "01" + "f702", // too short
            "09" + "00" + "02" + "01" + REST, // unknown flag
            "04" + "01" + "00" + "01" + REST, // sequence 0
            "04" + "01" + "8200" + "01" + REST, // not the shortest form
            "01" + "00" + "02" + "01" + "e907" + "00", // load 1001
            "01" + "00" + "02" + "01" + "00" + "8080808008")) { // age of 2^31 µs
      assertThatThrownBy(() -> Impulse.of(impulse(wrong), KNOWN))
          .as(wrong)
          .isInstanceOf(MalformedMessage.class);
    }
  }

  @Test
  void fuzzedBytesAreAnImpulseOrMalformed() {
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
        Optional<Impulse> read = Impulse.of(new Envelope(HeartbeatKinds.IMPULSE, 2, body), KNOWN);
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
