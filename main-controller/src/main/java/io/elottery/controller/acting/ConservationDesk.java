package io.elottery.controller.acting;

import io.elottery.controller.records.Records;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets workers rest and serve again. What is wanted is recorded under {@code conserved/} by LEFT's
 * leader; the worker keeps it on its own disk and says so in its reports; whoever says otherwise
 * than is wanted is told again, so restarts and take-overs change nothing. On main's loop.
 */
final class ConservationDesk implements OrderWork {
  private static final Logger log = LoggerFactory.getLogger(ConservationDesk.class);
  private static final Duration TOLD_AGAIN = Duration.ofSeconds(3);
  private static final String ROOT = "conserved";

  private final ActingPorts ports;
  private final OrderBook book;
  private final Telling telling;
  private final Map<NodeId, Conservation> wanted = new TreeMap<>();
  private final Map<NodeId, Long> told = new TreeMap<>(); // when, in nanoseconds

  ConservationDesk(ActingPorts ports, OrderBook book, Telling telling) {
    this.ports = ports;
    this.book = book;
    this.telling = telling;
  }

  /** Reads what was recorded; fails when the registry is away. */
  CompletableFuture<Void> recall() {
    Records records = ports.records();
    return records
        .children(ROOT)
        .thenCompose(
            names -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              for (String name : names) {
                all = all.thenCombine(records.read(ROOT + "/" + name), (none, it) -> take(it));
              }
              return all;
            });
  }

  /** Who rests, or is on its way to. */
  Set<NodeId> resting() {
    Set<NodeId> all = new TreeSet<>();
    wanted.values().stream().filter(one -> !one.released()).forEach(one -> all.add(one.worker()));
    return all;
  }

  /** What is wanted of a worker that rests. */
  Optional<Conservation> of(NodeId worker) {
    return Optional.ofNullable(wanted.get(worker)).filter(one -> !one.released());
  }

  /** The shards it still writes. */
  List<Integer> writes(NodeId worker) {
    return ShardWriters.of(ports.reports().get()).of(worker);
  }

  /** Whether it rests for good: its verdict says so and it writes nothing. */
  boolean isDone(NodeId worker) {
    return verdict(worker) == Verdict.CONSERVED && writes(worker).isEmpty();
  }

  /** Whether the order that was given last is not done yet, as the book of orders has it. */
  boolean isUnderWay(NodeId worker) {
    return book.unended(of(worker).isPresent() ? Order.Kind.CONSERVE : Order.Kind.RELEASE, worker)
        .filter(record -> record.state() != State.DONE)
        .isPresent();
  }

  /** What keeps it from resting, in words; empty when nothing does. */
  String blockedBy(NodeId worker) {
    List<String> words = new ArrayList<>();
    if (!ports.connected().test(worker)) {
      words.add(worker + " is not connected: it is told when it is");
    } else if (verdict(worker) != Verdict.CONSERVED) {
      words.add(worker + " has not said that it rests");
    }
    for (int shard : writes(worker)) {
      words.add("shard-" + shard + " is still written by it");
    }
    return String.join("; ", words);
  }

  /** Lets a worker rest, for a member of the staff. */
  OrderRecord conserve(NodeId worker, String reason, String by) throws ActionRefused {
    if (of(worker).isPresent()) {
      throw ActionRefused.conflict("ALREADY_SO", worker + " rests already.");
    }
    Optional<String> no = refusal(worker);
    if (no.isPresent()) {
      throw ActionRefused.conflict("MAJORITY_LOST", no.get() + ".");
    }
    return opened(Order.Kind.CONSERVE, worker, by + ": " + reason);
  }

  /** The worker is no more: nothing is wanted of it. */
  void forget(NodeId worker) {
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (wanted.remove(worker) != null && fence.isPresent()) {
      ports
          .records()
          .remove(ROOT + "/" + worker, fence.get())
          .whenComplete(
              (done, problem) -> {
                if (problem != null) {
                  log.warn("{} stays recorded as resting: {}", worker, problem.toString());
                }
              });
    }
  }

  /** Why the worker may not rest now; empty when it may. */
  Optional<String> whyNot(NodeId worker) {
    return refusal(worker);
  }

  /** Lets it serve again, for a member of the staff. */
  OrderRecord release(NodeId worker, String by) throws ActionRefused {
    if (of(worker).isEmpty()) {
      throw ActionRefused.conflict("ALREADY_SO", worker + " does not rest.");
    }
    return opened(Order.Kind.RELEASE, worker, by + " releases it");
  }

  private OrderRecord opened(Order.Kind kind, NodeId worker, String cause) throws ActionRefused {
    OrderRecord record =
        book.open(Hemisphere.LEFT, kind, worker, cause, "")
            .orElseThrow(
                () -> ActionRefused.conflict("NO_LEADER", "This main acts no longer for LEFT."));
    carryOut(record);
    return book.find(record.name()).orElse(record);
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.CONSERVE, Order.Kind.RELEASE);
  }

  @Override
  public void carryOut(OrderRecord record) {
    Order order = record.order();
    boolean rests = order.kind() == Order.Kind.CONSERVE;
    Optional<String> no = rests ? refusal(order.target()) : Optional.empty();
    if (no.isPresent()) {
      book.become(record, State.FAILED, no.get());
      return;
    }
    endOther(order);
    Conservation next =
        new Conservation(order.target(), "main", order.cause(), ports.loop().time().now(), !rests);
    wanted.put(order.target(), next);
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return; // The next leader goes on with what is recorded.
    }
    ports
        .records()
        .write(ROOT + "/" + order.target(), next.encode(), fence.get())
        .whenComplete(
            (written, problem) -> {
              if (problem != null) {
                wanted.remove(order.target(), next);
                book.become(record, State.FAILED, "not recorded: " + problem);
              } else if (fence.get() == order.fence()) {
                tellAll(order);
              } else {
                tellAll(again(order.target(), fence.get(), order.kind()));
              }
            });
  }

  // The leader before may have died between recording the order, what is wanted, and telling.
  @Override
  public boolean adopt(OrderRecord record) {
    Order order = record.order();
    boolean isRest = order.kind() == Order.Kind.CONSERVE;
    if (record.state() == State.UNDER_WAY) {
      Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
      boolean isWanted =
          Optional.ofNullable(wanted.get(order.target()))
              .filter(one -> one.released() != isRest)
              .isPresent();
      if (!isWanted) {
        carryOut(record);
      } else if (fence.isPresent()) {
        tellAll(again(order.target(), fence.get(), order.kind()));
      }
    }
    return true;
  }

  /** The opposite order of before counts no more. */
  private void endOther(Order order) {
    Order.Kind other =
        order.kind() == Order.Kind.CONSERVE ? Order.Kind.RELEASE : Order.Kind.CONSERVE;
    book.unended(other, order.target())
        .ifPresent(
            before ->
                book.become(
                    before,
                    before.state() == State.DONE ? State.UNDONE : State.WITHDRAWN,
                    order.cause()));
  }

  @Override
  public void look() {
    for (Conservation one : List.copyOf(wanted.values())) {
      Optional<OrderRecord> order =
          book.unended(one.released() ? Order.Kind.RELEASE : Order.Kind.CONSERVE, one.worker())
              .filter(record -> record.state() != State.DONE);
      boolean rests = verdict(one.worker()) == Verdict.CONSERVED;
      if (one.released()) {
        if (!rests) {
          order.ifPresent(it -> book.become(it, State.DONE, one.worker() + " serves again"));
        } else {
          again(one);
        }
      } else {
        boolean done = isDone(one.worker());
        if (!rests) {
          again(one);
        }
        String words = blockedBy(one.worker());
        order.ifPresent(
            it ->
                book.become(
                    it,
                    done ? State.DONE : State.UNDER_WAY,
                    done ? one.worker() + " rests and writes no shard" : words));
      }
    }
  }

  /** A worker has come: it is told who rests, so that it hands no writing there. */
  void greeted(NodeId worker) {
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return;
    }
    for (Conservation one : wanted.values()) {
      Order.Kind kind = one.released() ? Order.Kind.RELEASE : Order.Kind.CONSERVE;
      telling.tell(again(one.worker(), fence.get(), kind), List.of(worker), taken -> {});
    }
  }

  // Its word differs from what is wanted: an order was lost, or it lost its disk.
  private void again(Conservation one) {
    long now = ports.loop().time().nanos();
    Long last = told.get(one.worker());
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    boolean due = last == null || now - last > TOLD_AGAIN.toNanos();
    if (due && fence.isPresent() && ports.connected().test(one.worker())) {
      told.put(one.worker(), now);
      Order.Kind kind = one.released() ? Order.Kind.RELEASE : Order.Kind.CONSERVE;
      telling.tell(again(one.worker(), fence.get(), kind), List.of(one.worker()), taken -> {});
    }
  }

  // Not the same order to the receiver: it may have been done and lost there.
  private Order again(NodeId worker, long fence, Order.Kind kind) {
    return new Order(
        ports.loop().time().nanos(), Hemisphere.LEFT, fence, kind, worker, "told again");
  }

  private void tellAll(Order order) {
    told.put(order.target(), ports.loop().time().nanos());
    Collection<NodeId> workers = new ArrayList<>();
    for (NodeId id : ports.workers().get()) {
      if (ports.connected().test(id)) {
        workers.add(id);
      }
    }
    telling.tell(order, workers, taken -> look());
  }

  private Optional<String> refusal(NodeId worker) {
    Optional<Ring> ring = ports.ring().get();
    if (ring.isEmpty()) {
      return Optional.of("the ring is not known yet");
    }
    Set<NodeId> away = new TreeSet<>(resting());
    for (NodeId id : ports.workers().get()) {
      Verdict is = verdict(id);
      if (is == Verdict.DOWN || is == Verdict.SUSPECT || is == Verdict.UNKNOWN) {
        away.add(id);
      }
    }
    return RestGuard.refusal(ring.get(), worker, away, ports.draws());
  }

  private Verdict verdict(NodeId worker) {
    return Optional.ofNullable(ports.judgements().get().get(worker))
        .map(Judgement::verdict)
        .orElse(Verdict.UNKNOWN);
  }

  private Void take(Optional<byte[]> recorded) {
    if (recorded.isPresent()) {
      try {
        Conservation one = Conservation.decode(recorded.get());
        wanted.put(one.worker(), one);
      } catch (MalformedMessage malformed) {
        log.warn("a recorded conservation is passed over: {}", malformed.getMessage());
      }
    }
    return null;
  }
}
