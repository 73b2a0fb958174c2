package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.List;

/**
 * One replica as reports show it.
 *
 * @param members the workers that hold the shard, as Raft counts them
 * @param learns whether this replica does not count yet
 * @param queued commands that wait for a batch
 * @param lastFlush how long the worker's last flush took
 */
public record ShardStatus(
    ShardId shard,
    GroupStatus group,
    List<NodeId> members,
    boolean learns,
    int queued,
    Duration lastFlush) {
  /** Copies the list. */
  public ShardStatus {
    members = List.copyOf(members);
  }
}
