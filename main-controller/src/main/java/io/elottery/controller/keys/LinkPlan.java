package io.elottery.controller.keys;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which links the network needs: one for each two neighbours, one for each two of a shard. */
public final class LinkPlan {
  private LinkPlan() {}

  /** All links, in their order. */
  public static SortedSet<LinkId> links(NetworkPlan plan, Optional<Ring> ring) {
    SortedSet<LinkId> links = new TreeSet<>();
    plan.workers()
        .forEach(
            (id, place) ->
                place
                    .neighbours()
                    .forEach(other -> links.add(LinkId.between(id, other, Purpose.NEIGHBOUR))));
    for (Placement placement : ring.map(Ring::placements).orElse(List.of())) {
      List<NodeId> nodes = placement.nodes();
      for (int i = 0; i < nodes.size(); i++) {
        for (NodeId other : nodes.subList(i + 1, nodes.size())) {
          links.add(LinkId.between(nodes.get(i), other, Purpose.REPLICA));
        }
      }
    }
    return links;
  }
}
