package io.elottery.controller.votes;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;

/** Has a copy of a shard made anew from the others. On main's loop. */
@FunctionalInterface
public interface CopyExchange {
  /**
   * Orders it; does nothing when one of that shard is being exchanged already.
   *
   * @param server whose copy does not count any more
   * @param why for the record, one sentence
   */
  void exchange(ShardId shard, NodeId server, String why);
}
