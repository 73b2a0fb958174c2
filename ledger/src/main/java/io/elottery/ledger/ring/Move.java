package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.List;

/**
 * One change that a better division of the shards needs.
 *
 * @param out the workers whose copies go; for {@link What#WRITER} who is to write no more
 * @param in the workers that get one; for {@link What#WRITER} who is to write
 */
public record Move(ShardId shard, What what, List<NodeId> out, List<NodeId> in) {
  /** What moves. */
  public enum What {
    /** Copies: they are sent, and erased where they were. */
    COPIES,
    /** The writing, among those who hold copies: nothing is sent. */
    WRITER
  }

  /** Copies. */
  public Move {
    out = List.copyOf(out);
    in = List.copyOf(in);
  }

  /** Of copies. */
  public Move(ShardId shard, List<NodeId> out, List<NodeId> in) {
    this(shard, What.COPIES, out, in);
  }

  /** Of the writing, when all is well. */
  public static Move writer(ShardId shard, NodeId from, NodeId to) {
    return new Move(shard, What.WRITER, List.of(from), List.of(to));
  }

  /** Whether a copy is sent. */
  public boolean isOfCopies() {
    return what == What.COPIES;
  }

  /** For people: {@code shard-3: worker-1 → worker-7}. */
  public String words() {
    return shard + ": " + names(out) + " → " + names(in) + (isOfCopies() ? "" : " (writes)");
  }

  private static String names(List<NodeId> nodes) {
    return nodes.isEmpty() ? "none" : String.join(", ", nodes.stream().map(NodeId::name).toList());
  }
}
