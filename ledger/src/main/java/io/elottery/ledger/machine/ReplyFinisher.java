package io.elottery.ledger.machine;

import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.shard.ShardId;

/** What is done to a reply at the writer when it leaves: signing a receipt. On the ledger loop. */
@FunctionalInterface
public interface ReplyFinisher {
  /** The reply as it leaves; deterministic, so that any replica answers the same bytes. */
  byte[] finish(ShardId shard, byte[] reply);

  /** Signs a testimony's statement with this server's own key; none by default. */
  default Testimony.Seal seal(byte[] statement) {
    return Testimony.Seal.NONE;
  }

  /** Leaves replies as they are. */
  static ReplyFinisher none() {
    return (shard, reply) -> reply;
  }
}
