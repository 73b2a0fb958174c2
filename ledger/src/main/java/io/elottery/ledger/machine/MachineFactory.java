package io.elottery.ledger.machine;

import io.elottery.ledger.shard.ShardId;

/** Makes the empty state of a shard. */
@FunctionalInterface
public interface MachineFactory {
  /** Empty, ready for its first command or for a snapshot. */
  ReplicatedMachine create(ShardId shard);
}
