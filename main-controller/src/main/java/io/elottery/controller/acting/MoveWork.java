package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Writers of a dead worker move: those who hold copies with it are told. Those it does not reach
 * elect by themselves a little later. On main's loop.
 */
final class MoveWork implements OrderWork {
  private final OrderBook book;
  private final Telling telling;
  private final Supplier<Optional<Ring>> ring;
  private final Supplier<Collection<NodeId>> workers;
  private final Predicate<NodeId> connected;

  MoveWork(
      OrderBook book,
      Telling telling,
      Supplier<Optional<Ring>> ring,
      Supplier<Collection<NodeId>> workers,
      Predicate<NodeId> connected) {
    this.book = book;
    this.telling = telling;
    this.ring = ring;
    this.workers = workers;
    this.connected = connected;
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.MOVE_WRITERS);
  }

  @Override
  public void carryOut(OrderRecord record) {
    List<NodeId> others = sharers(record.order().target());
    telling.tell(
        record.order(),
        others,
        taken ->
            book.become(
                record,
                taken.took() > 0 || taken.told() == 0 ? State.DONE : State.FAILED,
                taken.told() == 0
                    ? "nobody who holds copies with it is connected"
                    : taken.words()));
  }

  @Override
  public boolean adopt(OrderRecord record) {
    if (record.state() == State.DONE) {
      return true;
    }
    book.become(record, State.WITHDRAWN, "the leader changed; given again if it is still down");
    return false;
  }

  private List<NodeId> sharers(NodeId target) {
    Set<NodeId> others = new TreeSet<>();
    for (Placement placement : ring.get().map(Ring::placements).orElse(List.of())) {
      if (placement.holds(target)) {
        others.addAll(placement.nodes());
      }
    }
    if (ring.get().isEmpty()) {
      others.addAll(workers.get()); // Who shares shards with it is not known: everybody looks.
    }
    others.remove(target);
    others.removeIf(connected.negate());
    return new ArrayList<>(others);
  }
}
