package io.elottery.ledger.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes of what main and workers tell each other of members, and of what main keeps. */
final class MemberCodecTest {
  private static final ShardId SHARD = new ShardId(3);
  private static final Member ONE = new Member(NodeId.of("a"), 1);
  private static final Member TWO = new Member(NodeId.of("b"), 2);

  @Test
  void aStepsBytesAreGoldenAndReadBack() throws MalformedMessage {
    MemberStep step = MemberStep.of(SHARD, MemberStep.Kind.SWAP, TWO, ONE);

    assertThat(hex(step.encode())).isEqualTo("0003" + "03" + "016202" + "01" + "016101" + "00");
    assertThat(MemberStep.decode(step.encode())).isEqualTo(step);
    MemberStep leave = MemberStep.leave(SHARD, ONE, 300);
    assertThat(hex(leave.encode())).isEqualTo("0003" + "01" + "016101" + "00" + "ac02");
    assertThat(MemberStep.decode(leave.encode())).isEqualTo(leave);
  }

  @Test
  void viewsBytesAreGoldenAndReadBack() throws MalformedMessage {
    ReplicaView view =
        new ReplicaView(
            SHARD,
            ONE,
            true,
            Optional.of(ONE.node()),
            7,
            20,
            19,
            21,
            new Membership(5, true, List.of(ONE), List.of(TWO)),
            new TreeMap<>(Map.of(TWO, 18L)),
            List.of(TWO),
            1,
            4,
            List.of(TWO));

    byte[] bytes = ReplicaView.encode(List.of(view));

    assertThat(hex(bytes))
        .isEqualTo(
            "02" + "01" + "0003" + "016101" + "01" + "01" + "0161" + "07" + "14" + "13" + "15"
                + "05" + "01" + "01" + "016101" + "01" + "016202" + "01" + "016202" + "12" + "01"
                + "016202" + "01" + "04" + "01" + "016202");
    assertThat(ReplicaView.decode(bytes)).containsExactly(view);
    assertThat(ReplicaView.decode(ofFormatOne(bytes)))
        .singleElement()
        .satisfies(it -> assertThat(it.refused()).isEmpty());
  }

  @Test
  void aPlacementsBytesAreGoldenAndReadBack() throws MalformedMessage {
    PlacementRecord record =
        PlacementRecord.first(new Placement(SHARD, List.of(ONE)))
            .exchange(ONE.node(), TWO.node(), "why", Instant.ofEpochMilli(1));

    assertThat(hex(record.encode()))
        .isEqualTo(
            "01"
                + "0003"
                + "01"
                + "02"
                + "01"
                + "016202"
                + "01"
                + "016101"
                + "03776879"
                + "0000000000000001");
    assertThat(PlacementRecord.decode(record.encode())).isEqualTo(record);
  }

  @Test
  void aChangedRingsBytesAreOfFormatTwo() throws MalformedMessage {
    Ring ring = RingBuilder.place(List.of(ONE.node()), 1, 1);
    Ring changed = ring.with(2, new Placement(new ShardId(0), 1, List.of(TWO)));

    assertThat(hex(changed.encode()))
        .isEqualTo("02" + "0000000000000002" + "01" + "01" + "01" + "016202");
    assertThat(Ring.decode(changed.encode())).isEqualTo(changed);
  }

  @Test
  void whateverComesIsReadOrRefused() {
    byte[] step = MemberStep.of(SHARD, MemberStep.Kind.GROW, TWO, ONE).encode();
    for (int bit = 0; bit < step.length * 8; bit++) {
      byte[] altered = step.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(MemberStep.decode(altered).encode()).isEqualTo(altered);
      } catch (MalformedMessage refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
    assertThatThrownBy(() -> ReplicaView.decode(new byte[] {9}))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> PlacementRecord.decode(new byte[] {9}))
        .isInstanceOf(MalformedMessage.class);
  }

  // As a worker of an older build says it; the view refuses one member.
  private static byte[] ofFormatOne(byte[] bytes) {
    byte[] older = Arrays.copyOf(bytes, bytes.length - 4);
    older[0] = 1;
    return older;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
