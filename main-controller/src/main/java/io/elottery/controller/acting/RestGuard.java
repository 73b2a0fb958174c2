package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whether a worker may rest: every shard it holds must keep a majority that serves. Pure. */
final class RestGuard {
  private RestGuard() {}

  /**
   * Why it may not, naming shards and draws; empty when it may.
   *
   * @param away who does not serve now: not heard, or resting
   * @param draws what is drawn or sold on a shard, in words; may be empty
   */
  static Optional<String> refusal(
      Ring ring, NodeId worker, Set<NodeId> away, Function<ShardId, List<String>> draws) {
    List<String> lost = new ArrayList<>();
    for (Placement placement : ring.placements()) {
      if (!placement.holds(worker)) {
        continue;
      }
      List<NodeId> left =
          placement.nodes().stream()
              .filter(id -> !id.equals(worker) && !away.contains(id))
              .toList();
      int majority = placement.members().size() / 2 + 1;
      if (left.size() < majority) {
        List<String> its = draws.apply(placement.shard());
        lost.add(
            placement.shard()
                + (its.isEmpty() ? "" : " (" + String.join(", ", its) + ")")
                + " would keep "
                + (left.isEmpty() ? "nobody" : left.toString())
                + " of "
                + placement.nodes()
                + ", expected "
                + majority);
      }
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            worker + " cannot rest now, a majority would be lost: " + String.join("; ", lost));
  }
}
