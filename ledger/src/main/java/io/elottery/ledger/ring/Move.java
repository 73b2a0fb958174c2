package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.List;

/**
 * One change that a better division of the shards needs.
 *
 * @param out the workers whose copies go
 * @param in the workers that get one
 */
public record Move(ShardId shard, List<NodeId> out, List<NodeId> in) {
  /** Copies. */
  public Move {
    out = List.copyOf(out);
    in = List.copyOf(in);
  }

  /** For people: {@code shard-3: worker-1 → worker-7}. */
  public String words() {
    return shard + ": " + names(out) + " → " + names(in);
  }

  private static String names(List<NodeId> nodes) {
    return nodes.isEmpty() ? "none" : String.join(", ", nodes.stream().map(NodeId::name).toList());
  }
}
