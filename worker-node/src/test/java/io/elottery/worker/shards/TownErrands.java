package io.elottery.worker.shards;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.lottery.machine.LotteryMachine;
import java.util.function.Predicate;

/** A worker's own errands between shards, for simulated towns. On the ledger loop. */
public final class TownErrands {
  private final ForeignErrands errands;

  /**
   * @param writes whether the worker writes a shard now
   */
  public TownErrands(NodeLoop loop, Mailroom mailroom, Predicate<ShardId> writes) {
    errands =
        new ForeignErrands(loop, mailroom, writes, KeepConfig.defaults(), Projections.standard());
  }

  /** The state of a shard that the worker holds. */
  public LotteryReplica hold(ShardId shard) {
    return errands.hold(shard);
  }

  /** Begins what is open and not under way. */
  public void run() {
    errands.run();
  }

  /** Only workers speak for shards. */
  public static boolean mayCall(Peer from, CommandCall call) {
    return ForeignErrands.mayCall(from, call);
  }

  /** What is inside. */
  public static LotteryMachine machine(LotteryReplica replica) {
    return replica.machine();
  }
}
