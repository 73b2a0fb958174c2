package io.elottery.controller.acting;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.supervision.VerdictListener;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link Acting} decides, each order recorded before it is given; and records
 * verdicts under {@code verdicts/}. On main's loop.
 */
final class ActingDesk implements Duty, VerdictListener {
  private static final Logger log = LoggerFactory.getLogger(ActingDesk.class);
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int CAUSE_MAX = 1_000;

  /** Who finds what the verdicts do not say. */
  record Finders(CapacityDesk capacity, GuideWork guide, ConservationDesk conservation) {}

  private final ActingPorts ports;
  private final OrderBook book;
  private final Acting acting;
  private final Finders finders;
  private final Map<Order.Kind, OrderWork> works = new EnumMap<>(Order.Kind.class);
  private final Set<Hemisphere> recalled = EnumSet.noneOf(Hemisphere.class);

  ActingDesk(
      ActingPorts ports,
      OrderBook book,
      ActingConfig config,
      Finders finders,
      List<OrderWork> all) {
    this.ports = ports;
    this.book = book;
    this.acting = new Acting(config);
    this.finders = finders;
    all.forEach(this::add);
  }

  /** Carries out its kinds from now on. */
  void add(OrderWork work) {
    work.kinds().forEach(kind -> works.put(kind, work));
  }

  void start() {
    ports.loop().every(PERIOD, this::tick);
  }

  @Override
  public void begin(Hemisphere half, long fence) {
    recalled.remove(half);
    acting.forget(half, facts());
    recall(half, fence);
  }

  @Override
  public void end(Hemisphere half) {
    recalled.remove(half);
  }

  @Override
  public void changed(Judgement judgement, long fence) {
    WireWriter out = new WireWriter(256);
    judgement.writeTo(out);
    ports
        .records()
        .write("verdicts/" + judgement.worker(), out.toBytes(), fence)
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                log.warn(
                    "verdict of {} was not recorded: {}", judgement.worker(), problem.toString());
              }
            });
    step();
  }

  // Nothing is ordered before it is known what the leader before ordered: an order would be given
  // twice, or under a number that is taken.
  private void recall(Hemisphere half, long fence) {
    book.recall()
        .thenCompose(done -> half == Hemisphere.LEFT ? finders.conservation.recall() : nothing())
        .thenCompose(done -> half == Hemisphere.LEFT ? finders.capacity.recall() : nothing())
        .whenComplete(
            (done, problem) -> {
              if (!ports.halves().fence(half).equals(Optional.of(fence))) {
                return;
              }
              if (problem != null) {
                log.warn("orders not read, tried again soon: {}", problem.toString());
                ports.loop().after(AGAIN, () -> recall(half, fence));
                return;
              }
              adopt(half);
              recalled.add(half);
            });
  }

  private static CompletableFuture<Void> nothing() {
    return CompletableFuture.completedFuture(null);
  }

  private void adopt(Hemisphere half) {
    long own = ports.halves().fence(half).orElse(0L);
    for (OrderRecord record : book.all()) {
      Order order = record.order();
      OrderWork work = works.get(order.kind());
      boolean before = order.hemisphere() == half && order.fence() < own;
      if (work != null && before && !record.state().isFinal() && isAbout(record)) {
        log.info("order {} of fence {} goes on: {}", record.name(), order.fence(), record.state());
        if (work.adopt(record)) {
          acting.inherit(order.kind(), order.target(), now());
        }
      }
    }
  }

  // One that was done before its target's verdict changed again is history.
  private boolean isAbout(OrderRecord record) {
    Judgement judgement = ports.judgements().get().get(record.order().target());
    boolean newer = judgement != null && judgement.since().isAfter(record.givenAt());
    return record.state() != OrderRecord.State.DONE
        || !newer
        || record.order().kind() == Order.Kind.REKNIT;
  }

  private void tick() {
    if (!ports.halves().actsAtAll()) {
      return;
    }
    if (recalled.contains(Hemisphere.LEFT)) {
      Set.copyOf(works.values()).forEach(OrderWork::look);
    }
    step();
  }

  private void step() {
    for (Decision decision : acting.step(facts())) {
      decision.match(new Carry());
    }
  }

  private Facts facts() {
    Map<NodeId, Judgement> judgements = ports.judgements().get();
    ShardWriters writers = ShardWriters.of(ports.reports().get());
    TreeMap<NodeId, Facts.Worker> workers = new TreeMap<>();
    for (NodeId id : ports.workers().get()) {
      Judgement judgement = judgements.get(id);
      Map<Finding, Instant> findings = new HashMap<>();
      boolean missing = judgement == null;
      if (judgement != null) {
        Verdict verdict = judgement.verdict();
        missing =
            verdict == Verdict.DOWN || verdict == Verdict.SUSPECT || verdict == Verdict.UNKNOWN;
        if (verdict == Verdict.DOWN) {
          findings.put(Finding.DOWN, judgement.since());
        }
        if (finders.conservation.of(id).isEmpty()) {
          serving(id, judgement, writers, findings);
        }
      }
      workers.put(
          id,
          new Facts.Worker(
              ports.half().apply(id), missing, findings, because(id, judgement, findings)));
    }
    Set<Hemisphere> acts = EnumSet.noneOf(Hemisphere.class);
    for (Hemisphere half : Hemisphere.values()) {
      if (ports.halves().acts(half) && recalled.contains(half)) {
        acts.add(half);
      }
    }
    return new Facts(now(), acts, workers);
  }

  // What counts only for one that is to serve.
  private void serving(
      NodeId id, Judgement judgement, ShardWriters writers, Map<Finding, Instant> findings) {
    if (judgement.verdict() == Verdict.SLOW) {
      findings.put(Finding.SLOW, judgement.since());
    }
    finders.capacity.unfit(id).ifPresent(since -> findings.put(Finding.UNFIT, since));
    finders
        .guide
        .overloaded(id, writers)
        .ifPresent(since -> findings.put(Finding.OVERLOADED, since));
  }

  private String because(NodeId id, @Nullable Judgement judgement, Map<Finding, Instant> findings) {
    if (findings.isEmpty()) {
      return ""; // nothing to be ordered, and most have nothing
    }
    String words =
        findings.containsKey(Finding.UNFIT)
            ? finders.capacity.last(id).map(result -> result.words()).orElse("")
            : findings.containsKey(Finding.OVERLOADED)
                ? Finding.OVERLOADED.words()
                : judgement == null ? "" : judgement.because();
    return words.length() <= CAUSE_MAX ? words : words.substring(0, CAUSE_MAX) + " …";
  }

  private Moment now() {
    return Moment.of(ports.loop().time());
  }

  /** Does what was decided. */
  private final class Carry implements Decision.Cases<Boolean> {
    @Override
    public Boolean give(Decision.Give give) {
      Optional<OrderWork> work = Optional.ofNullable(works.get(give.kind()));
      if (work.isEmpty()) {
        return false;
      }
      Optional<OrderRecord> record =
          book.open(
              give.half(),
              give.kind(),
              give.target(),
              give.cause(),
              work.get().detail(give.kind(), give.target()));
      record.ifPresent(
          it -> {
            say(Priority.WARNING, "ORDER_GIVEN", give.target(), give.kind(), give.cause());
            work.get().carryOut(it);
          });
      return record.isPresent();
    }

    @Override
    public Boolean takeBack(Decision.TakeBack back) {
      Optional<OrderRecord> record = book.unended(back.kind(), back.target());
      record.ifPresent(
          it -> {
            say(Priority.NOTICE, "ORDER_TAKEN_BACK", back.target(), back.kind(), back.why());
            Optional.ofNullable(works.get(back.kind()))
                .ifPresent(work -> work.takeBack(it, back.why()));
          });
      return record.isPresent();
    }

    @Override
    public Boolean hold(Decision.Hold hold) {
      say(Priority.WARNING, "ORDER_HELD", hold.target(), hold.kind(), hold.why());
      return true;
    }

    private void say(
        Priority priority, String code, NodeId subject, Order.Kind kind, String because) {
      ports.events().record(priority, code, subject.name(), kind + ", because " + because);
    }
  }
}
