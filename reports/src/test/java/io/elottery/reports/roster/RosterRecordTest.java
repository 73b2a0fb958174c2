package io.elottery.reports.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The roster as it lies on a disk. */
final class RosterRecordTest {
  private final Roster roster =
      new Roster(
          3,
          7,
          List.of(),
          List.of(),
          List.of(),
          List.of(NodeId.of("web-1")),
          new byte[] {1, 2, 3},
          List.of());

  @Test
  void whatWasWrittenIsRead() throws Exception {
    assertThat(RosterRecord.parse(RosterRecord.of(roster))).isEqualTo(roster);
    assertThat(new String(RosterRecord.of(roster), StandardCharsets.ISO_8859_1))
        .startsWith("elottery/roster/v2\n");
  }

  @Test
  void everyFlippedBitAndEveryCutIsFound() {
    byte[] bytes = RosterRecord.of(roster);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> RosterRecord.parse(flipped))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageStartingWith("damaged");
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> RosterRecord.parse(cut)).isInstanceOf(MalformedMessage.class);
    }
  }
}
