package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.machine.ReceiptSigning;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Seals of servers that everybody could forge and nobody does.
 *
 * @param receipts whether receipts are sealed, too
 */
record TownSeals(NodeId self, boolean receipts) implements ReplyFinisher {
  @Override
  public byte[] finish(ShardId shard, byte[] reply) {
    return receipts ? ReceiptSigning.finish(reply, new ShardSeal(shard.number())) : reply;
  }

  @Override
  public Testimony.Seal seal(byte[] statement) {
    return of(self, statement);
  }

  @Override
  public void check(NodeId worker, byte[] statement, Testimony.Seal seal, Consumer<Boolean> then) {
    then.accept(Arrays.equals(seal.signature(), of(worker, statement).signature()));
  }

  private static Testimony.Seal of(NodeId server, byte[] statement) {
    byte[] signature =
        new WireWriter().text(server.name()).i32(Arrays.hashCode(statement)).toBytes();
    return new Testimony.Seal(signature, new byte[] {1});
  }
}
