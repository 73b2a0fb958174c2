package io.elottery.controller.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.network.Pair;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RestGuardTest {
  private static final Ring RING = ring(List.of(1, 2, 3), List.of(2, 3, 4), List.of(5, 6, 7));

  @Test
  void oneOfThreeMayRest() {
    assertThat(RestGuard.refusal(RING, id(2), Set.of(), shard -> List.of())).isEmpty();
  }

  @Test
  void theSecondOfThreeMayNotAndTheShardsAndDrawsAreNamed() {
    assertThat(
            RestGuard.refusal(RING, id(3), Set.of(id(2)), shard -> List.of("powerball/TORM211126")))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("shard-0 (powerball/TORM211126) would keep [worker-1]")
                    .contains("shard-1")
                    .doesNotContain("shard-2"));
  }

  @Test
  void whoSharesNoShardWithTheRestingMayRestToo() {
    assertThat(RestGuard.refusal(RING, id(5), Set.of(id(2)), shard -> List.of())).isEmpty();
  }

  @Test
  void whoLostAnObserverGetsAnotherFirstAmongThoseWhoLostItToo() {
    NetworkPlan plan = circle(8);

    assertThat(Reknit.pairs(plan, id(1), Set.of(id(1)))).containsExactly(Pair.of(id(2), id(8)));
  }

  @Test
  void nobodyIsLinkedWithTheMissing() {
    NetworkPlan plan = circle(4);

    assertThat(Reknit.pairs(plan, id(1), Set.of(id(1), id(2))))
        .as("worker-4 has worker-3 only, and nobody else is left")
        .isEmpty();
  }

  @Test
  void pairsAreReadFromTheRecordAsTheyWereWritten() {
    List<Pair> pairs = List.of(Pair.of(id(1), id(2)), Pair.of(id(3), id(5)));

    assertThat(Reknit.parse(Reknit.text(pairs))).isEqualTo(pairs);
    assertThat(Reknit.parse("")).isEmpty();
  }

  private static NetworkPlan circle(int count) {
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      NodeId next = id(i % count + 1);
      NodeId before = id((i + count - 2) % count + 1);
      places.put(
          id(i), new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(Set.of(next, before))));
    }
    return new NetworkPlan(places);
  }

  @SafeVarargs
  private static Ring ring(List<Integer>... shards) {
    List<Placement> placements = new ArrayList<>();
    for (List<Integer> workers : shards) {
      placements.add(
          new Placement(
              new ShardId(placements.size()),
              workers.stream().map(number -> new Member(id(number), 1)).toList()));
    }
    return new Ring(1, placements);
  }

  private static NodeId id(int number) {
    return NodeId.of("worker-" + number);
  }
}
