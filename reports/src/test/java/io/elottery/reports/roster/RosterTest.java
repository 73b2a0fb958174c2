package io.elottery.reports.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.order.Lead;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final String GOLDEN =
      "0200000000000000070000000000000003"
          + "01066d61696e2d310c3132372e302e302e313a3130"
          + "0100066d61696e2d310000000000000007"
          + "0208776f726b65722d3100046561737401610c3132372e302e302e313a31310c3132372e302e302e313a3132"
          + "0108776f726b65722d3208776f726b65722d3201000000000108776f726b65722d31"
          + "0109676174657761792d31"
          + "02cafe"
          + "01044c454654"
          + "01".repeat(32);

  static Roster roster() {
    NodeId one = NodeId.of("worker-1");
    NodeId two = NodeId.of("worker-2");
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 1);
    return new Roster(
        7,
        3,
        List.of(new RosterMain(NodeId.of("main-1"), Address.parse("127.0.0.1:10"))),
        List.of(new Lead(Hemisphere.LEFT, NodeId.of("main-1"), 7)),
        List.of(
            new RosterWorker(
                two, Hemisphere.RIGHT, Optional.empty(), Optional.empty(), List.of(one)),
            new RosterWorker(
                one,
                Hemisphere.LEFT,
                new Location("east", "a"),
                Optional.of(Address.parse("127.0.0.1:11")),
                Optional.of(Address.parse("127.0.0.1:12")),
                List.of(two, two))),
        List.of(NodeId.of("gateway-1")),
        new byte[] {(byte) 0xca, (byte) 0xfe},
        List.of(new Party("LEFT", key)));
  }

  @Test
  void bytesAreTheGoldenOnes() throws MalformedMessage {
    assertThat(HexFormat.of().formatHex(roster().toBytes())).isEqualTo(GOLDEN);
    assertThat(Roster.parse(HexFormat.of().parseHex(GOLDEN))).isEqualTo(roster());
  }

  @Test
  void rosterOfTheFormatWithoutLocationsIsRead() throws MalformedMessage {
    String old =
        GOLDEN
            .replaceFirst("^02", "01")
            .replace("000465617374016" + "10c", "000c")
            .replace("01000000000108", "0100000108");

    Roster read = Roster.parse(HexFormat.of().parseHex(old));

    assertThat(read.workers()).extracting(RosterWorker::location).containsOnly(Location.UNKNOWN);
    assertThat(read.worker(NodeId.of("worker-1")).orElseThrow().neighbours())
        .containsExactly(NodeId.of("worker-2"));
  }

  @Test
  void aLaterFenceWinsOverAnyVersion() {
    Roster roster = roster();
    Roster later =
        new Roster(8, 1, List.of(), List.of(), List.of(), List.of(), new byte[0], List.of());

    assertThat(later.newerThan(roster)).isTrue();
    assertThat(roster.newerThan(later)).isFalse();
    assertThat(roster.newerThan(roster)).isFalse();
    assertThat(roster.newerThan(Roster.EMPTY)).isTrue();
  }

  @Test
  void brokenBytesAreMalformedAndNothingElse() {
    byte[] golden = roster().toBytes();
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] broken = Arrays.copyOf(golden, random.nextInt(golden.length + 1));
      for (int i = random.nextInt(3); i >= 0 && broken.length > 0; i--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        Roster.parse(broken);
      } catch (MalformedMessage expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
    assertThatThrownBy(() -> Roster.parse(new byte[] {9})).isInstanceOf(MalformedMessage.class);
  }
}
