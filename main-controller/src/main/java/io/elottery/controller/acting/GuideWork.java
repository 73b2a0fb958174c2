package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Guides where neighbours cannot settle it: an overloaded worker hands the writing of one shard to
 * the least loaded server that holds a copy, wherever it is. On main's loop.
 */
final class GuideWork implements OrderWork {
  private static final Duration DONE_MAX = Duration.ofSeconds(15);
  private static final int ROOM = 600; // permille: who is below it can take another shard
  private static final int PENDING = 150; // permille counted for each shard on its way

  private final ActingPorts ports;
  private final OrderBook book;
  private final Telling telling;
  private final ActingConfig config;
  private final Map<NodeId, Instant> since = new TreeMap<>();

  GuideWork(ActingPorts ports, OrderBook book, Telling telling, ActingConfig config) {
    this.ports = ports;
    this.book = book;
    this.telling = telling;
    this.config = config;
  }

  /** Since when a worker is overloaded and writes, not counting before main's last order to it. */
  Optional<Instant> overloaded(NodeId worker, ShardWriters writers) {
    boolean is = writers.isOne(worker) && load(worker) >= config.overload();
    if (!is) {
      since.remove(worker);
      return Optional.empty();
    }
    return Optional.of(since.computeIfAbsent(worker, none -> ports.loop().time().now()));
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.HAND_OVER);
  }

  @Override
  public String detail(Order.Kind kind, NodeId target) {
    ShardWriters writers = ShardWriters.of(ports.reports().get());
    record Move(int shard, NodeId to, int load) {}
    return ports.ring().get().map(Ring::placements).orElse(List.of()).stream()
        .filter(placement -> writers.of(target).contains(placement.shard().number()))
        .flatMap(
            placement ->
                hosts(placement, target)
                    .map(to -> new Move(placement.shard().number(), to, loadWithPending(to))))
        .filter(move -> move.load < ROOM)
        .min(Comparator.comparingInt(Move::load).thenComparing(Move::to))
        .map(move -> "shard-" + move.shard + ">" + move.to)
        .orElse("");
  }

  @Override
  public void carryOut(OrderRecord record) {
    since.remove(record.order().target()); // Counted anew: does one shard less help?
    if (record.order().detail().isEmpty()) {
      book.become(record, State.FAILED, "nobody who holds copies of its shards has room");
      return;
    }
    telling.tell(
        record.order(),
        List.of(record.order().target()),
        taken -> {
          if (!taken.byAll()) {
            book.become(record, State.FAILED, taken.words());
          }
        });
  }

  @Override
  public void look() {
    ShardWriters writers = ShardWriters.of(ports.reports().get());
    Instant now = ports.loop().time().now();
    for (OrderRecord record : book.all()) {
      if (record.order().kind() != Order.Kind.HAND_OVER || record.state() != State.UNDER_WAY) {
        continue;
      }
      String detail = record.order().detail();
      int arrow = detail.indexOf('>');
      int shard = Integer.parseInt(detail.substring("shard-".length(), arrow));
      if (!writers.of(record.order().target()).contains(shard)) {
        book.become(record, State.DONE, "shard-" + shard + " is written elsewhere now");
      } else if (Duration.between(record.givenAt(), now).compareTo(DONE_MAX) > 0) {
        book.become(record, State.FAILED, "not moved within " + DONE_MAX.toSeconds() + " s");
      }
    }
  }

  @Override
  public boolean adopt(OrderRecord record) {
    return false; // Looked after as if it were its own.
  }

  private Stream<NodeId> hosts(Placement placement, NodeId not) {
    return placement.nodes().stream()
        .filter(id -> !id.equals(not) && ports.connected().test(id) && isUp(id));
  }

  private boolean isUp(NodeId worker) {
    Judgement judgement = ports.judgements().get().get(worker);
    return judgement != null && judgement.verdict() == Verdict.UP;
  }

  private int load(NodeId worker) {
    for (Report report : ports.reports().get()) {
      if (report.worker().equals(worker)) {
        return report.load().permille();
      }
    }
    return 0;
  }

  private int loadWithPending(NodeId worker) {
    long pending =
        book.all().stream()
            .filter(record -> record.order().kind() == Order.Kind.HAND_OVER)
            .filter(record -> record.state() == State.UNDER_WAY)
            .filter(record -> record.order().detail().endsWith(">" + worker))
            .count();
    return load(worker) + (int) pending * PENDING;
  }
}
