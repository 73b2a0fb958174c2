package io.elottery.controller.acting;

import io.elottery.controller.schedule.RotationClock;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.capacity.CapacityResult;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has workers prove themselves: by schedule one after the other, by hand, and when they are slow.
 * One that failed is asked again soon; who fails twice in a row is unfit until it passes. The last
 * result of each is recorded under {@code capacity/}. On main's loop.
 */
final class CapacityDesk implements OrderWork {
  private static final Logger log = LoggerFactory.getLogger(CapacityDesk.class);
  private static final Duration RESULT_MAX = Duration.ofSeconds(90);
  private static final Duration SECOND_TRY = Duration.ofSeconds(30);
  private static final Duration FIRST_TEST = Duration.ofMinutes(10);
  private static final int UNFIT = 2; // failures in a row
  private static final String ROOT = "capacity";

  private final ActingPorts ports;
  private final OrderBook book;
  private final Telling telling;
  private final ActingConfig config;
  private final RotationClock clock;
  private final Map<NodeId, CapacityResult> last = new TreeMap<>();
  private final Map<NodeId, Integer> failures = new TreeMap<>(); // in a row
  private Instant begun = Instant.EPOCH;

  CapacityDesk(
      ActingPorts ports,
      OrderBook book,
      Telling telling,
      ActingConfig config,
      RotationClock clock) {
    this.ports = ports;
    this.book = book;
    this.telling = telling;
    this.config = config;
    this.clock = clock;
  }

  void start() {
    ports.board().serve(ReportsKinds.CAPACITY, this::result);
  }

  /** This main acts for LEFT: the schedule runs here. */
  void begin() {
    begun = ports.loop().time().now();
    if (!config.testEvery().isZero()) {
      clock.begin(() -> ports.loop().post(this::due));
    }
  }

  void end() {
    clock.end();
  }

  /** The last result of a worker. */
  Optional<CapacityResult> last(NodeId worker) {
    return Optional.ofNullable(last.get(worker));
  }

  /** Since when it is unfit; empty while it is not. */
  Optional<Instant> unfit(NodeId worker) {
    return failures.getOrDefault(worker, 0) >= UNFIT
        ? last(worker).map(CapacityResult::at)
        : Optional.empty();
  }

  /** It was released: what it failed before counts no more. */
  void forgive(NodeId worker) {
    failures.remove(worker);
  }

  /** Asks for a test; the order says what became of it. Empty when this main does not act. */
  Optional<OrderRecord> test(NodeId worker, String cause) {
    Optional<OrderRecord> underWay =
        book.unended(Order.Kind.CAPACITY_TEST, worker)
            .filter(record -> record.state() == State.UNDER_WAY);
    if (underWay.isPresent()) {
      return underWay;
    }
    Optional<OrderRecord> record =
        book.open(Hemisphere.LEFT, Order.Kind.CAPACITY_TEST, worker, cause, "");
    record.ifPresent(this::carryOut);
    return record;
  }

  CompletableFuture<Void> recall() {
    return ports
        .records()
        .children(ROOT)
        .thenCompose(
            names -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              for (String name : names) {
                all =
                    all.thenCombine(
                        ports.records().read(ROOT + "/" + name), (none, found) -> take(found));
              }
              return all;
            });
  }

  @Override
  public Set<Order.Kind> kinds() {
    return Set.of(Order.Kind.CAPACITY_TEST);
  }

  @Override
  public void carryOut(OrderRecord record) {
    NodeId worker = record.order().target();
    if (!ports.connected().test(worker)) {
      book.become(record, State.FAILED, worker + " is not connected");
      return;
    }
    telling.tell(
        record.order(),
        List.of(worker),
        taken -> {
          if (!taken.byAll()) {
            book.become(record, State.FAILED, taken.words());
          }
        });
  }

  @Override
  public void look() {
    Instant now = ports.loop().time().now();
    for (OrderRecord record : book.all()) {
      boolean open =
          record.order().kind() == Order.Kind.CAPACITY_TEST && record.state() == State.UNDER_WAY;
      if (open && Duration.between(record.givenAt(), now).compareTo(RESULT_MAX) > 0) {
        book.become(record, State.FAILED, "no result within " + RESULT_MAX.toSeconds() + " s");
      }
    }
  }

  @Override
  public boolean adopt(OrderRecord record) {
    if (record.state() == State.UNDER_WAY) {
      book.become(record, State.WITHDRAWN, "the leader changed; asked again");
      test(record.order().target(), record.order().cause());
    }
    return true;
  }

  // Whose last test is too long ago; one at a time, so that the network never proves itself at
  // once.
  private void due() {
    boolean busy =
        book.all().stream()
            .anyMatch(
                record ->
                    record.order().kind() == Order.Kind.CAPACITY_TEST
                        && record.state() == State.UNDER_WAY);
    if (busy || !ports.halves().coordinates()) {
      return;
    }
    Instant now = ports.loop().time().now();
    Duration first = config.testEvery().compareTo(FIRST_TEST) < 0 ? config.testEvery() : FIRST_TEST;
    for (NodeId worker : ports.workers().get()) {
      Optional<Instant> before = last(worker).map(CapacityResult::at);
      Instant next = before.map(at -> at.plus(config.testEvery())).orElse(begun.plus(first));
      if (!next.isAfter(now) && ports.connected().test(worker)) {
        test(worker, "by schedule, every " + config.testEvery());
        return;
      }
    }
  }

  private void result(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      CapacityResult result = CapacityResult.decode(request.body());
      if (from.role() != Role.WORKER || !from.id().equals(result.worker())) {
        answer.refuse("NOT_ALLOWED", from + " may not speak for " + result.worker());
        return;
      }
      answer.reply(new Envelope(ReportsKinds.CAPACITY_TAKEN, ReportsKinds.VERSION, new byte[0]));
      judged(result);
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void judged(CapacityResult result) {
    NodeId worker = result.worker();
    last.put(worker, result);
    int inARow = result.passed() ? 0 : failures.getOrDefault(worker, 0) + 1;
    failures.put(worker, inARow);
    book.find(Hemisphere.LEFT + "-" + result.order())
        .filter(record -> record.order().target().equals(worker))
        .ifPresent(record -> book.become(record, State.DONE, result.words()));
    ports
        .events()
        .record(
            result.passed() ? Priority.NOTICE : Priority.WARNING,
            result.passed() ? "CAPACITY_PASSED" : "CAPACITY_FAILED",
            worker.name(),
            worker + " " + result.words());
    ports
        .halves()
        .fence(Hemisphere.LEFT)
        .ifPresent(
            fence ->
                ports
                    .records()
                    .write(ROOT + "/" + worker, result.encode(), fence)
                    .whenComplete(
                        (done, problem) -> {
                          if (problem != null) {
                            log.warn("capacity of {} not recorded: {}", worker, problem.toString());
                          }
                        }));
    if (inARow == 1) {
      ports
          .loop()
          .after(SECOND_TRY, () -> test(worker, "failed once, asked again before it counts"));
    }
  }

  private Void take(Optional<byte[]> recorded) {
    if (recorded.isPresent()) {
      try {
        CapacityResult result = CapacityResult.decode(recorded.get());
        last.putIfAbsent(result.worker(), result);
      } catch (MalformedMessage malformed) {
        log.warn("a recorded capacity is passed over: {}", malformed.getMessage());
      }
    }
    return null;
  }
}
