package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A worker that was down for too long leaves the ring: its copies are exchanged for copies on
 * workers that serve. When it is back before that, what was not exchanged yet stays its own. On
 * main's loop.
 */
final class ReplaceWork implements OrderWork {
  private final OrderBook book;
  private final Supplier<Replacing> shards;

  ReplaceWork(OrderBook book, Supplier<Replacing> shards) {
    this.book = book;
    this.shards = shards;
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.REPLACE);
  }

  @Override
  public void carryOut(OrderRecord record) {
    shards.get().leave(record.order().target(), "order " + record.name());
    look(record);
  }

  @Override
  public void look() {
    for (OrderRecord record : book.all()) {
      boolean open = record.state() == State.UNDER_WAY || record.state() == State.WAITS;
      if (record.order().kind() == Order.Kind.REPLACE && open) {
        look(record);
      }
    }
  }

  private void look(OrderRecord record) {
    NodeId target = record.order().target();
    List<ShardId> held = shards.get().held(target);
    if (held.isEmpty()) {
      book.become(record, State.DONE, target + " holds no copy any more");
    } else {
      book.become(record, State.WAITS, shards.get().words(target));
    }
  }

  @Override
  public void takeBack(OrderRecord record, String why) {
    NodeId target = record.order().target();
    shards.get().back(target, why);
    if (record.state() != State.DONE) {
      book.become(record, State.WITHDRAWN, why + "; it keeps " + shards.get().held(target));
    }
  }

  @Override
  public boolean adopt(OrderRecord record) {
    if (!record.state().isFinal() && record.state() != State.DONE) {
      shards.get().leave(record.order().target(), "order " + record.name());
    }
    return true;
  }
}
