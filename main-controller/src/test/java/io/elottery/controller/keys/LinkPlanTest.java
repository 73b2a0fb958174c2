package io.elottery.controller.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.ledger.ring.RingBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LinkPlanTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");

  @Test
  void neighboursAndReplicasEachHaveTheirOwnLink() {
    NetworkPlan plan = new NetworkPlan(Map.of(ONE, place(TWO), TWO, place(), THREE, place()));

    assertThat(LinkPlan.links(plan, Optional.of(RingBuilder.place(List.of(ONE, TWO, THREE), 2, 3))))
        .extracting(LinkId::toString)
        .containsExactly(
            "worker-1~worker-2/neighbour",
            "worker-1~worker-2/replica",
            "worker-1~worker-3/replica",
            "worker-2~worker-3/replica");
    assertThat(LinkPlan.links(plan, Optional.empty())).hasSize(1);
  }

  private static NetworkPlan.Place place(NodeId... neighbours) {
    return new NetworkPlan.Place(Hemisphere.LEFT, new TreeSet<>(List.of(neighbours)));
  }
}
