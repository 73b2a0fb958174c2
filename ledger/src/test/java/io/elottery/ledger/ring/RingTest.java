package io.elottery.ledger.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RingTest {
  @Test
  void everyShardOfSixWorkersHasFiveCopiesAndWritersAreSpread() {
    Ring ring = RingBuilder.place(workers(6), 12, 5);

    assertThat(ring.placements()).allMatch(placement -> placement.members().size() == 5);
    Map<NodeId, Integer> held = new TreeMap<>();
    Map<NodeId, Integer> written = new TreeMap<>();
    for (Placement placement : ring.placements()) {
      placement.nodes().forEach(node -> held.merge(node, 1, Integer::sum));
      written.merge(placement.nodes().get(0), 1, Integer::sum);
    }
    assertThat(held.values()).containsOnly(10);
    assertThat(written.values()).allMatch(count -> count >= 1 && count <= 3);
  }

  @Test
  void noDataCentreHoldsTheMajorityOfAnyShardAndNoZoneTwoCopies() {
    Map<NodeId, Location> workers = new TreeMap<>();
    for (int i = 0; i < 32; i++) {
      String centre = "dc-" + i / 8;
      workers.put(NodeId.of("worker-" + i), new Location(centre, i / 4 % 2 == 0 ? "a" : "b"));
    }

    Ring ring = RingBuilder.place(workers, 16, 5);

    Map<NodeId, Integer> held = new TreeMap<>();
    for (Placement placement : ring.placements()) {
      List<Location> where =
          placement.nodes().stream()
              .map(node -> workers.getOrDefault(node, Location.UNKNOWN))
              .toList();
      assertThat(where.stream().map(Location::datacentre).distinct()).hasSize(4);
      assertThat(where).doesNotHaveDuplicates();
      placement.nodes().forEach(node -> held.merge(node, 1, Integer::sum));
    }
    assertThat(held.values()).allMatch(count -> count >= 2 && count <= 3);
  }

  @Test
  void fewerThanFiveWorkersHoldThreeCopiesOrOne() {
    assertThat(RingBuilder.place(workers(4), 2, 5).placements())
        .allMatch(placement -> placement.members().size() == 3);
    assertThat(RingBuilder.place(workers(2), 2, 5).placements())
        .allMatch(placement -> placement.members().size() == 1);
  }

  @Test
  void groupsOfTwoAndFourAreRefused() {
    for (int size : new int[] {2, 4, 7}) {
      List<Member> members = workers(size).stream().map(node -> new Member(node, 1)).toList();

      assertThatThrownBy(() -> new Placement(new ShardId(0), members))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(size + " members");
    }
  }

  @Test
  void theOrderInWhichWorkersAreNamedDoesNotMatter() {
    List<NodeId> reversed = new ArrayList<>(workers(7));
    Collections.reverse(reversed);

    assertThat(RingBuilder.place(reversed, 8, 5)).isEqualTo(RingBuilder.place(workers(7), 8, 5));
  }

  @Test
  void anActorsShardIsFixedForEver() {
    Ring ring = RingBuilder.place(workers(6), 4, 5);

    // Golden: SHA-256 of the key decides; a change here moves every actor of every network.
    assertThat(
            List.of(
                ring.shardOf("branch/TOR"),
                ring.shardOf("branch/MTL"),
                ring.shardOf("branch/OTW"),
                ring.shardOf("catalog")))
        .extracting(ShardId::number)
        .containsExactly(1, 0, 0, 3);
  }

  @Test
  void bytesAreGoldenAndReadBack() throws MalformedMessage {
    Ring ring = RingBuilder.place(workers(3), 1, 3);

    byte[] bytes = ring.encode();

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "01"
                + "0000000000000001"
                + "01"
                + "03"
                + "08776f726b65722d3101"
                + "08776f726b65722d3201"
                + "08776f726b65722d3301");
    assertThat(Ring.decode(bytes)).isEqualTo(ring);
  }

  @Test
  void truncatedAndAlteredBytesNeverDoMoreThanBeingRefused() {
    byte[] bytes = RingBuilder.place(workers(6), 4, 5).encode();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Ring.decode(cut)).isInstanceOf(MalformedMessage.class);
    }
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] altered = bytes.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(Ring.decode(altered).encode()).isEqualTo(altered);
      } catch (MalformedMessage refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  private static List<NodeId> workers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> NodeId.of("worker-" + i)).toList();
  }
}
