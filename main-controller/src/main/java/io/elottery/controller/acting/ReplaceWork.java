package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A worker that was down for too long is to leave the ring. The ledger cannot exchange a member of
 * a running shard yet, so the order waits and says so; it is withdrawn when the worker is back. On
 * main's loop.
 */
final class ReplaceWork implements OrderWork {
  private final OrderBook book;
  private final Supplier<Optional<Ring>> ring;

  ReplaceWork(OrderBook book, Supplier<Optional<Ring>> ring) {
    this.book = book;
    this.ring = ring;
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.REPLACE);
  }

  @Override
  public void carryOut(OrderRecord record) {
    NodeId target = record.order().target();
    List<ShardId> held = ring.get().map(known -> known.heldBy(target)).orElse(List.of());
    if (held.isEmpty()) {
      book.become(record, State.DONE, target + " holds no copy: nothing to replace");
    } else {
      book.become(
          record,
          State.WAITS,
          "the ledger does not exchange members of a running shard yet; "
              + held
              + " go on with the copies that are left. Bring "
              + target
              + " back");
    }
  }

  @Override
  public void takeBack(OrderRecord record, String why) {
    book.become(record, State.WITHDRAWN, why);
  }

  @Override
  public boolean adopt(OrderRecord record) {
    return true;
  }
}
