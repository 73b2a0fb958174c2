package io.elottery.controller.acting;

import io.elottery.controller.network.Neighbourhoods;
import io.elottery.controller.network.Pair;
import io.elottery.controller.network.PlanEdits;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Who lost a worker as observer becomes the neighbour of another: the plan is changed, and the keys
 * room makes the pair a fresh mutual key under its standing approval. Taken back when the worker is
 * well again. On main's loop.
 */
final class KnitWork implements OrderWork {
  /**
   * What it changes.
   *
   * @param change records a change of the plan
   * @param keyless why a pair has no key in use yet; empty when it has
   * @param missing who cannot be an observer now
   */
  record Ports(
      Neighbourhoods neighbourhoods,
      Function<UnaryOperator<PlanEdits>, CompletableFuture<Void>> change,
      Function<Pair, Optional<String>> keyless,
      Supplier<Set<NodeId>> missing) {}

  private final OrderBook book;
  private final Ports ports;

  KnitWork(OrderBook book, Ports ports) {
    this.book = book;
    this.ports = ports;
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.REKNIT);
  }

  @Override
  public String detail(Order.Kind kind, NodeId target) {
    return Reknit.text(Reknit.pairs(ports.neighbourhoods.get(), target, ports.missing.get()));
  }

  @Override
  public void carryOut(OrderRecord record) {
    List<Pair> pairs = Reknit.parse(record.order().detail());
    if (pairs.isEmpty()) {
      book.become(record, State.DONE, "nobody who lost it has another worker to be linked with");
      return;
    }
    change(record, edits -> each(edits, pairs, PlanEdits::link), done -> show(record));
  }

  @Override
  public void takeBack(OrderRecord record, String why) {
    List<Pair> pairs = Reknit.parse(record.order().detail());
    if (pairs.isEmpty()) {
      book.become(record, State.UNDONE, why);
      return;
    }
    change(
        record,
        edits -> each(edits, pairs, PlanEdits::unlink),
        done ->
            book.become(
                record, State.UNDONE, why + ": " + pairs + " are strangers again, keys destroyed"));
  }

  @Override
  public void look() {
    for (OrderRecord record : book.all()) {
      boolean open = record.state() == State.UNDER_WAY || record.state() == State.WAITS;
      if (open && record.order().kind() == Order.Kind.REKNIT) {
        show(record);
      }
    }
  }

  @Override
  public boolean adopt(OrderRecord record) {
    if (record.state() == State.UNDER_WAY) {
      carryOut(record);
    }
    return true;
  }

  private void show(OrderRecord record) {
    List<String> waits = new ArrayList<>();
    for (Pair pair : Reknit.parse(record.order().detail())) {
      if (!ports.neighbourhoods.areNeighbours(pair)) {
        return; // Not recorded yet, or a person took the link away.
      }
      ports.keyless.apply(pair).ifPresent(why -> waits.add(pair + ": " + why));
    }
    if (waits.isEmpty()) {
      book.become(
          record, State.DONE, record.order().detail() + " watch each other, each with a fresh key");
    } else {
      book.become(record, State.WAITS, String.join("; ", waits));
    }
  }

  private void change(OrderRecord record, UnaryOperator<PlanEdits> edits, Consumer<Void> written) {
    ports
        .change
        .apply(edits)
        .whenComplete(
            (done, problem) -> {
              if (problem == null) {
                written.accept(done);
              } else {
                book.become(record, State.FAILED, "the plan was not recorded: " + problem);
              }
            });
  }

  private static PlanEdits each(
      PlanEdits edits, List<Pair> pairs, BiFunction<PlanEdits, Pair, PlanEdits> change) {
    PlanEdits result = edits;
    for (Pair pair : pairs) {
      result = change.apply(result, pair);
    }
    return result;
  }
}
