package io.elottery.controller.acting;

import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A worker leaves the network for good. How far it is stands in the network itself, so the next
 * leader goes on wherever this one ended: it rests; it leaves the plan, and with it roster and
 * links; the keys of its links are destroyed; it is told and ends; its certificate is revoked. One
 * that cannot be reached is not waited for. On main's loop.
 */
final class RemoveWork implements OrderWork {
  /** An end of a link that does not confirm is not waited for longer. */
  private static final Duration KEYS_MAX = Duration.ofSeconds(30);

  private final ActingPorts ports;
  private final OrderBook book;
  private final Telling telling;
  private final ConservationDesk conservation;
  private final Removals.Ports removals;
  private final Set<NodeId> changing = new TreeSet<>(); // Its plan, or its end, is under way.
  private final Map<NodeId, Instant> left = new TreeMap<>(); // Since when it is not in the plan.

  RemoveWork(
      ActingPorts ports,
      OrderBook book,
      Telling telling,
      ConservationDesk conservation,
      Removals.Ports removals) {
    this.ports = ports;
    this.book = book;
    this.telling = telling;
    this.conservation = conservation;
    this.removals = removals;
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.REMOVE);
  }

  @Override
  public void carryOut(OrderRecord record) {
    step(record);
  }

  @Override
  public boolean adopt(OrderRecord record) {
    changing.remove(record.order().target());
    return true; // Looking goes on.
  }

  @Override
  public void look() {
    for (OrderRecord record : book.all()) {
      boolean open = record.state() == State.UNDER_WAY || record.state() == State.WAITS;
      if (open && record.order().kind() == Order.Kind.REMOVE) {
        step(record);
      }
    }
  }

  private void step(OrderRecord record) {
    NodeId worker = record.order().target();
    if (changing.contains(worker)) {
      return;
    }
    if (ports.neighbourhoods().get().workers().containsKey(worker)) {
      rest(record, worker);
    } else {
      end(record, worker);
    }
  }

  private void rest(OrderRecord record, NodeId worker) {
    if (ports.connected().test(worker) && !conservation.isDone(worker)) {
      if (conservation.of(worker).isEmpty()) {
        try {
          conservation.conserve(worker, "it is removed, " + record.name(), "main");
        } catch (ActionRefused refused) {
          book.become(record, State.WAITS, String.valueOf(refused.getMessage()));
          return;
        }
      }
      book.become(record, State.UNDER_WAY, "rests first: " + conservation.blockedBy(worker));
      return;
    }
    changing.add(worker);
    ports
        .change()
        .apply(edits -> edits.remove(worker))
        .whenComplete(
            (done, problem) -> {
              changing.remove(worker);
              if (problem == null) {
                book.become(record, State.UNDER_WAY, "out of the plan; its links close");
              } else {
                book.become(record, State.WAITS, "the plan was not recorded: " + problem);
              }
            });
  }

  private void end(OrderRecord record, NodeId worker) {
    Instant now = ports.loop().time().now();
    Instant since = left.computeIfAbsent(worker, none -> now);
    List<String> keyed = removals.keyed().apply(worker);
    if (!keyed.isEmpty() && Duration.between(since, now).compareTo(KEYS_MAX) < 0) {
      book.become(record, State.UNDER_WAY, "keys are being destroyed: " + keyed);
      return;
    }
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return;
    }
    left.remove(worker);
    conservation.forget(worker);
    Order order =
        new Order(
            record.order().id(),
            Hemisphere.LEFT,
            fence.get(),
            Order.Kind.REMOVE,
            worker,
            record.order().cause(),
            record.order().detail());
    changing.add(worker);
    boolean reached = ports.connected().test(worker);
    telling.tell(
        order,
        reached ? List.of(worker) : List.of(),
        taken -> {
          changing.remove(worker);
          String revoked = removals.revoke().apply(worker, record.order());
          book.become(
              record,
              State.DONE,
              "out of roster and plan; "
                  + (keyed.isEmpty()
                      ? "no link of it has a key"
                      : "not confirmed by every end: " + keyed)
                  + "; "
                  + (reached && taken.byAll() ? "it was told and ends" : "it was not reached")
                  + "; "
                  + revoked);
        });
  }
}
