package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link LinkMachine} decides for one link, for as long as one leadership lasts:
 * reads the record, writes every change before anything follows from it, and asks both ends again
 * and again until they confirmed. Holds no key longer than the call that needs it.
 *
 * <p>What fails is read or asked again after {@value #AGAIN_MILLIS} ms: after a failed write nobody
 * knows what is recorded, so the record is read anew. Events that come before it is known, or while
 * a write is under way, are dropped; each comes again by itself. On one loop.
 */
public final class LinkKeeper {
  private static final Logger log = LoggerFactory.getLogger(LinkKeeper.class);
  private static final long AGAIN_MILLIS = 1_000;
  private static final Duration AGAIN = Duration.ofMillis(AGAIN_MILLIS);
  private static final Duration SOON = Duration.ofMillis(200);

  /** What it needs. */
  public record Ports(NodeLoop loop, RandomSource random, PairRecords records, LinkEnds ends) {}

  private final Ports ports;
  private final LinkMachine machine;
  private final LinkName link;
  private final long fence;
  private final Runnable changed;
  private final Map<NodeId, Long> asking = new TreeMap<>(); // By end, the round under way.
  private final TreeSet<NodeId> reminded = new TreeSet<>();
  private final TreeMap<NodeId, String> troubles = new TreeMap<>();
  private @Nullable LinkKeys state; // As recorded; null until read.
  private String unknownWhy = "not read yet";
  private boolean busy; // A read or a write is under way.
  private boolean stopped;
  private boolean closed;
  private Optional<NodeId> cutBehindUs = Optional.empty();
  private long round;

  /**
   * @param fence under which the ends are asked
   * @param changed told after each recorded change, on the loop
   */
  public LinkKeeper(Ports ports, LinkMachine machine, LinkName link, long fence, Runnable changed) {
    this.ports = ports;
    this.machine = machine;
    this.link = link;
    this.fence = fence;
    this.changed = changed;
  }

  /** Begins. */
  public void start() {
    read();
  }

  /** Ends: nothing more is asked or written. */
  public void stop() {
    stopped = true;
  }

  /**
   * The link is cut: until it is opened nothing but the cut is recorded or asked for, whatever the
   * record says.
   */
  public void close(int upTo, String why) {
    closed = true;
    cutBehindUs = Optional.empty();
    LinkKeys is = state;
    if (is != null && is.phase() != Phase.CUT) {
      take(new LinkEvent.Cut(upTo, why));
    }
  }

  /** The cut was lifted. */
  public void open() {
    closed = false;
  }

  /** Whether the link is cut. */
  public boolean isClosed() {
    return closed;
  }

  /** An end that refuses the link as cut, of which main has no record; an officer must decide. */
  public Optional<NodeId> cutBehindUs() {
    return cutBehindUs;
  }

  /** Whether the end confirmed, on this connection, all that the record asks for. */
  public boolean holds(NodeId end) {
    return reminded.contains(end);
  }

  /** What is recorded, once it is known. */
  public Optional<LinkKeys> state() {
    return Optional.ofNullable(state);
  }

  /** Why the record is not known, in words. */
  public String unknownWhy() {
    return unknownWhy;
  }

  /** What went wrong with an end when it was asked last, in words, by end. */
  public Map<NodeId, String> troubles() {
    return new TreeMap<>(troubles);
  }

  /** An end is connected, perhaps anew. */
  public void connected(NodeId end) {
    disconnected(end);
    pump();
  }

  /** An end is gone: what it held in memory may be lost. */
  public void disconnected(NodeId end) {
    reminded.remove(end);
    asking.remove(end);
  }

  /** Something happened; ignored while the record is not known or being written. */
  public void take(LinkEvent event) {
    LinkKeys is = state;
    if (stopped || busy || is == null || (closed && !isOfCut(is, event))) {
      return;
    }
    // The record keeps milliseconds, and is compared with what is in memory.
    Instant now = ports.loop.time().now().truncatedTo(ChronoUnit.MILLIS);
    LinkKeys next = machine.decide(is, event, now);
    if (next == is) {
      pump();
      return;
    }
    busy = true;
    ports
        .records
        .read(link)
        .thenCompose(
            found -> {
              PairRecord before = found.orElseGet(() -> PairRecord.none(link, Instant.EPOCH));
              return before.state().equals(is)
                  ? ports.records.write(before.follow(next, ports.random))
                  : CompletableFuture.failedFuture(
                      new IllegalStateException("the record is not the one that was read"));
            })
        .whenComplete((done, problem) -> ports.loop.post(() -> written(is, next, problem)));
  }

  private void read() {
    busy = true;
    ports
        .records
        .read(link)
        .whenComplete((found, problem) -> ports.loop.post(() -> wasRead(found, problem)));
  }

  private void wasRead(@Nullable Optional<PairRecord> found, @Nullable Throwable problem) {
    busy = false;
    if (stopped) {
      return;
    }
    if (found == null) {
      unknownWhy = words(problem);
      log.debug("keys of {} not read, tried again soon: {}", link, unknownWhy);
      ports.loop.after(AGAIN, this::readUnlessStopped);
      return;
    }
    state = found.map(PairRecord::state).orElseGet(() -> LinkKeys.none(link, Instant.EPOCH));
    unknownWhy = "";
    settle();
  }

  private void readUnlessStopped() {
    if (!stopped && !busy) {
      read();
    }
  }

  private void written(LinkKeys before, LinkKeys next, @Nullable Throwable problem) {
    busy = false;
    if (stopped) {
      return;
    }
    if (problem != null) {
      log.warn("keys of {} not recorded, read again soon: {}", link, words(problem));
      state = null;
      unknownWhy = words(problem);
      ports.loop.after(AGAIN, this::readUnlessStopped);
      changed.run();
      return;
    }
    state = next;
    if (before.phase() != next.phase()) {
      log.info("keys of {}: {} → {}, because {}", link, before.phase(), next.phase(), next.why());
    }
    settle();
  }

  private void settle() {
    reminded.clear();
    asking.clear(); // What was asked before this state is no longer waited for.
    changed.run();
    pump();
  }

  /** Asks every end that is connected and owes something. */
  public void pump() {
    LinkKeys is = state;
    if (stopped || busy || is == null || (closed && is.phase() != Phase.CUT)) {
      return;
    }
    for (NodeId end : link.ends()) {
      if (!ports.ends.isConnected(end) || asking.containsKey(end)) {
        continue;
      }
      List<KeyOrder> asks = is.asks(end);
      if (!asks.isEmpty()) {
        begin(is, end, asks);
      } else if (!reminded.contains(end) && !is.reminders().isEmpty()) {
        begin(is, end, is.reminders());
      }
    }
  }

  private void begin(LinkKeys is, NodeId end, List<KeyOrder> orders) {
    long mine = ++round;
    asking.put(end, mine);
    KeyOrder first = orders.get(0);
    if (first.step() != Step.OFFER) {
      next(end, mine, orders, 0, Optional.empty());
      return;
    }
    ports
        .records
        .read(link)
        .whenComplete(
            (found, problem) ->
                ports.loop.post(
                    () -> {
                      Optional<Secret> key =
                          found == null
                              ? Optional.empty()
                              : found.flatMap(record -> record.key(first.epoch()));
                      if (key.isEmpty()) {
                        failed(end, mine, is, first, problem == null ? "no such key" : problem);
                        return;
                      }
                      next(end, mine, orders, 0, key);
                    }));
  }

  private void next(NodeId end, long mine, List<KeyOrder> orders, int at, Optional<Secret> key) {
    LinkKeys is = state;
    if (is == null || !isCurrent(end, mine)) {
      return;
    }
    KeyOrder order = orders.get(at);
    KeyStep step =
        new KeyStep(
            link.text(),
            order.epoch(),
            order.step(),
            fence,
            order.step() == Step.OFFER ? key : Optional.empty());
    Optional<String> check =
        key.map(secret -> new PairKeyGrant(link.text(), order.epoch(), secret).check());
    ports
        .ends
        .ask(end, step)
        .whenComplete(
            (confirm, problem) -> {
              if (!isCurrent(end, mine)) {
                return;
              }
              if (confirm == null) {
                failed(end, mine, is, order, problem == null ? "no answer" : problem);
              } else if (!fits(confirm, step, check)) {
                failed(end, mine, is, order, "it holds another key of this epoch");
              } else if (at + 1 < orders.size()) {
                next(end, mine, orders, at + 1, key);
              } else {
                done(end, is, order);
              }
            });
  }

  private static boolean fits(KeyConfirm confirm, KeyStep step, Optional<String> check) {
    return confirm.link().equals(step.link())
        && confirm.epoch() == step.epoch()
        && confirm.step() == step.step()
        && check.map(confirm.check()::equals).orElse(true);
  }

  private void done(NodeId end, LinkKeys was, KeyOrder order) {
    asking.remove(end);
    troubles.remove(end);
    if (was.asks(end).isEmpty()) {
      reminded.add(end);
    } else {
      take(new LinkEvent.Confirmed(end, order));
    }
  }

  private void failed(NodeId end, long mine, LinkKeys was, KeyOrder order, Object problem) {
    if (!isCurrent(end, mine)) {
      return;
    }
    Object cause = problem;
    while (cause instanceof CompletionException wrapped && wrapped.getCause() != null) {
      cause = wrapped.getCause();
    }
    String code = cause instanceof CallFailed refused ? refused.code() : "";
    boolean soon = code.equals(KeyRing.Answer.NOT_YET.name());
    if (!soon) {
      troubles.put(end, order.step() + " of epoch " + order.epoch() + ": " + cause);
      log.debug("{}: {} asked for {}: {}", link, end, order, cause);
    }
    if (order.step() == Step.OFFER) {
      refused(end, was, code);
    }
    // The end keeps its place among those being asked until then.
    ports.loop.after(
        soon ? SOON : AGAIN,
        () -> {
          if (asking.remove(end, mine)) {
            pump();
          }
        });
  }

  private void refused(NodeId end, LinkKeys was, String code) {
    boolean cut = code.equals(KeyRing.Answer.EPOCH_CUT.name());
    boolean only = was.phase() == Phase.OFFERING && was.epochs().size() == 1;
    if (cut && !only) {
      // Whoever cut it left no record of that here: nothing is undone silently.
      cutBehindUs = Optional.of(end);
      log.error("{}: {} refuses it as cut, which is not recorded: cut it again", link, end);
    } else if (cut || code.equals(KeyRing.Answer.NOT_NEWER.name())) {
      take(new LinkEvent.Behind(2 * was.last()));
    }
  }

  private static boolean isOfCut(LinkKeys is, LinkEvent event) {
    return event instanceof LinkEvent.Cut
        || (is.phase() == Phase.CUT && event instanceof LinkEvent.Confirmed);
  }

  private boolean isCurrent(NodeId end, long mine) {
    boolean may = !closed || (state != null && state.phase() == Phase.CUT);
    return !stopped && may && Long.valueOf(mine).equals(asking.get(end));
  }

  private static String words(@Nullable Throwable problem) {
    return problem == null
        ? "unknown"
        : String.valueOf(problem.getCause() == null ? problem : problem.getCause());
  }
}
