package io.elottery.ledger.machine;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.shard.ShardId;
import java.util.List;
import java.util.function.Consumer;

/** What is done to a reply at the writer when it leaves: signing a receipt. On the ledger loop. */
@FunctionalInterface
public interface ReplyFinisher {
  /** The reply as it leaves; deterministic, so that any replica answers the same bytes. */
  byte[] finish(ShardId shard, byte[] reply);

  /**
   * Finishes all replies of a log entry, where it can on another thread: dear work is handed over
   * once for many.
   *
   * @param then called once with as many, in their order, on the ledger loop, now or later; what
   *     was given later may come back before
   */
  default void finishAll(ShardId shard, List<byte[]> replies, Consumer<List<byte[]>> then) {
    then.accept(replies.stream().map(reply -> finish(shard, reply)).toList());
  }

  /** Signs a testimony's statement with this server's own key; none by default. */
  default Testimony.Seal seal(byte[] statement) {
    return Testimony.Seal.NONE;
  }

  /**
   * Signs a statement as {@link #seal(byte[])} does, where it can on another thread.
   *
   * @param then called once on the ledger loop, now or later
   */
  default void seal(byte[] statement, Consumer<Testimony.Seal> then) {
    then.accept(seal(statement));
  }

  /**
   * Checks that a worker sealed a statement, where it can on another thread; never, by default.
   *
   * @param then called once on the ledger loop, now or later
   */
  default void check(NodeId worker, byte[] statement, Testimony.Seal seal, Consumer<Boolean> then) {
    then.accept(false);
  }

  /** Leaves replies as they are. */
  static ReplyFinisher none() {
    return (shard, reply) -> reply;
  }
}
