package io.elottery.controller.acting;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every order with its cause and what became of it: the last {@value #KEPT} of each half, in the
 * registry under {@code orders/} and at every main. Written by the half's leader alone, under its
 * fence. On main's loop.
 */
public final class OrderBook {
  /** Orders of one half that are kept. */
  public static final int KEPT = 128;

  private static final Logger log = LoggerFactory.getLogger(OrderBook.class);
  private static final String ROOT = "orders";

  private final Switchboard board;
  private final Records records;
  private final Hemispheres halves;
  private final Time time;
  private final Collection<NodeId> mains;
  private final Map<Hemisphere, TreeMap<Long, OrderRecord>> orders =
      new EnumMap<>(Hemisphere.class);

  /**
   * @param mains the other mains, who get a copy of each record
   */
  public OrderBook(
      Switchboard board, Records records, Hemispheres halves, Time time, Collection<NodeId> mains) {
    this.board = board;
    this.records = records;
    this.halves = halves;
    this.time = time;
    this.mains = List.copyOf(mains);
    for (Hemisphere half : Hemisphere.values()) {
      orders.put(half, new TreeMap<>());
    }
  }

  /** Takes copies of other mains; on the loop or before it turns. */
  public void start() {
    board.on(MainKinds.ORDER_COPY, this::copy);
  }

  /**
   * Reads what was recorded; fails when the registry is away. What a leader before only told the
   * mains before it died is recorded now.
   */
  public CompletableFuture<Void> recall() {
    Map<String, Instant> recorded = new HashMap<>(); // when each changed last, as recorded
    return records
        .children(ROOT)
        .thenCompose(
            names -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              for (String name : names) {
                all =
                    all.thenCombine(
                        records.read(ROOT + "/" + name), (none, found) -> take(found, recorded));
              }
              return all;
            })
        .thenAccept(read -> recordLost(recorded));
  }

  private void recordLost(Map<String, Instant> recorded) {
    for (OrderRecord known : all()) {
      Instant there = recorded.get(known.name());
      if (there == null || there.isBefore(known.changedAt())) {
        halves.fence(known.order().hemisphere()).ifPresent(fence -> write(known, fence));
      }
    }
  }

  /**
   * Records an order that is about to be given in the name of a half this main acts for; empty when
   * it does not.
   */
  public Optional<OrderRecord> open(
      Hemisphere half, Order.Kind kind, NodeId target, String cause, String detail) {
    return halves
        .fence(half)
        .map(
            fence -> {
              TreeMap<Long, OrderRecord> known = of(half);
              long id = known.isEmpty() ? 1 : known.lastKey() + 1;
              Order order = new Order(id, half, fence, kind, target, cause, detail);
              log.info("order {}-{}: {} {} under fence {}", half, id, kind, target, fence);
              return put(OrderRecord.given(order, now()));
            });
  }

  /** Something became of an order of a half this main acts for. */
  public OrderRecord become(OrderRecord known, State state, String outcome) {
    OrderRecord latest = find(known.name()).orElse(known);
    if (latest.state() == state && latest.outcome().equals(outcome)) {
      return latest;
    }
    log.info("order {}: {} → {}, {}", known.name(), latest.state(), state, outcome);
    return put(latest.become(state, now(), outcome));
  }

  /** All that are known, the newest first. */
  public List<OrderRecord> all() {
    List<OrderRecord> all = new ArrayList<>();
    orders.values().forEach(half -> all.addAll(half.values()));
    all.sort(
        Comparator.comparing(OrderRecord::givenAt)
            .thenComparing(record -> record.order().id())
            .reversed());
    return all;
  }

  /** One by its name: {@code LEFT-17}. */
  public Optional<OrderRecord> find(String name) {
    return all().stream().filter(record -> record.name().equals(name)).findFirst();
  }

  /** The newest of the kind about the worker that has not ended. */
  public Optional<OrderRecord> unended(Order.Kind kind, NodeId target) {
    return all().stream()
        .filter(record -> record.order().kind() == kind && record.order().target().equals(target))
        .filter(record -> !record.state().isFinal())
        .findFirst();
  }

  private OrderRecord put(OrderRecord record) {
    keep(record);
    Order order = record.order();
    Optional<Long> fence = halves.fence(order.hemisphere());
    if (fence.isPresent()) {
      write(record, fence.get());
      Envelope copy = new Envelope(MainKinds.ORDER_COPY, MainKinds.VERSION, record.encode());
      mains.forEach(main -> board.send(main, copy));
    }
    return record;
  }

  private void write(OrderRecord record, long fence) {
    Order order = record.order();
    records
        .write(ROOT + "/" + order.hemisphere() + "-" + order.id() % KEPT, record.encode(), fence)
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn("{} was not recorded: {}", record.name(), problem.toString());
              }
            });
  }

  private void keep(OrderRecord record) {
    TreeMap<Long, OrderRecord> known = of(record.order().hemisphere());
    OrderRecord before = known.get(record.order().id());
    // Of two under one number the one under the newer fence counts.
    if (before == null || before.order().fence() <= record.order().fence()) {
      known.put(record.order().id(), record);
    }
    while (known.size() > KEPT) {
      known.pollFirstEntry();
    }
  }

  private TreeMap<Long, OrderRecord> of(Hemisphere half) {
    return orders.computeIfAbsent(half, none -> new TreeMap<>());
  }

  private void copy(Peer from, Envelope envelope) {
    if (from.role() == Role.MAIN) {
      take(Optional.of(envelope.body()), new HashMap<>());
    }
  }

  private Void take(Optional<byte[]> recorded, Map<String, Instant> changes) {
    if (recorded.isPresent()) {
      try {
        OrderRecord record = OrderRecord.decode(recorded.get());
        changes.put(record.name(), record.changedAt());
        Optional<OrderRecord> known = find(record.name());
        if (!halves.acts(record.order().hemisphere()) || known.isEmpty()) {
          keep(record); // Its own leader knows better.
        }
      } catch (MalformedMessage malformed) {
        log.warn("a recorded order is passed over: {}", malformed.getMessage());
      }
    }
    return null;
  }

  private Instant now() {
    return time.now();
  }
}
