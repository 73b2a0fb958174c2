package io.elottery.heartbeat.impulse;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Rejections;
import io.elottery.foundation.transport.Rejections.Why;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.impulse.Impulse.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends impulses to all neighbours and judges what comes back. All on one loop, whose timers are
 * also the measure of this worker's own health: a late timer makes it doubt itself for an interval.
 *
 * <p>Each neighbour gets one impulse an interval. The lower id of a pair leads: those it leads are
 * served in turn, evenly over the interval. The higher one answers an impulse with its own at once,
 * so that it carries the acknowledgement of the other; when none has come {@value #SLACK_DIVISOR}th
 * of an interval after it was due, it sends its own without.
 */
public final class ImpulseExchange implements Receiver, Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(ImpulseExchange.class);
  // Half an interval late: well above a loop's own jitter, well below what makes others suspect.
  private static final int LATE_DIVISOR = 2;
  private static final int SLACK_DIVISOR = 10;
  // At least so often in an interval it looks at its neighbours' silence and at its own timers.
  private static final int LOOKS = 2;

  private final NodeId id;
  private final long incarnation;
  private final DetectorConfig config;
  private final Transport transport;
  private final Timers timers;
  private final Time time;
  private final Supplier<SelfState> self;
  private final SuspicionListener listener;
  private final NavigableMap<NodeId, Neighbour> neighbours = new TreeMap<>();
  private OverdueListener overdue = OverdueListener.NOBODY;
  private @Nullable NodeId lastServed;
  private @Nullable Timer timer;
  private long turnAt; // when the next of those it leads is served
  private boolean awaits; // dueAt is when an impulse is overdue
  private long dueAt; // when the timer should run, at turnAt or before
  private long doubtfulUntil;
  private boolean everLate;
  private final Rejections rejections;

  /**
   * @param id of this worker
   * @param incarnation of this process: greater after every start, e.g. the wall clock's
   *     milliseconds
   * @param transport {@code Links.impulses()}
   * @param timers those of the loop all methods are called on
   * @param self what to say of this worker, asked before every impulse
   */
  public ImpulseExchange(
      NodeId id,
      long incarnation,
      DetectorConfig config,
      Transport transport,
      Timers timers,
      Time time,
      Supplier<SelfState> self,
      SuspicionListener listener) {
    this.id = id;
    this.incarnation = incarnation;
    this.config = config;
    this.transport = transport;
    this.timers = timers;
    this.time = time;
    this.self = self;
    this.listener = listener;
    this.rejections = new Rejections("impulses", timers);
  }

  @Override
  public void start() {
    turnAt = time.nanos() + step();
    arm();
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Who is told that a neighbour's impulse is late; one. */
  public void whenOverdue(OverdueListener listener) {
    overdue = listener;
  }

  /** From now on exactly these are the neighbours; what is known of those that stay is kept. */
  public void neighbours(Collection<NodeId> ids) {
    neighbours.keySet().retainAll(new TreeSet<>(ids));
    for (NodeId each : new TreeSet<>(ids)) {
      neighbours.computeIfAbsent(each, key -> new Neighbour(key, config, time.nanos(), time.now()));
    }
  }

  /** An envelope came on a neighbour's impulse connection. */
  @Override
  public void received(Peer from, Envelope envelope) {
    Neighbour neighbour = neighbours.get(from.id());
    try {
      Known known = neighbour == null ? Known.NOTHING : neighbour.known();
      Optional<Impulse> impulse = Impulse.of(envelope, known);
      long now = time.nanos();
      boolean late = neighbour != null && neighbour.isOverdue();
      if (neighbour == null) {
        rejections.add(Why.WRONG_SENDER, from, "an impulse of one that is no neighbour");
      } else if (impulse.isEmpty()) {
        rejections.add(Why.STALE, from, "an impulse of another process");
      } else if (!neighbour.received(impulse.get(), now)) {
        rejections.add(
            Why.STALE, from, "impulse " + impulse.get().sequence() + " is not the newest");
      } else {
        judge(neighbour);
        if (late) {
          overdue.heardAgain(from.id());
        }
        answer(from.id(), neighbour, now);
        rearm();
      }
    } catch (MalformedMessage malformed) {
      rejections.add(Why.MALFORMED, from, String.valueOf(malformed.getMessage()));
    }
  }

  /** The neighbour's impulse connection is up. */
  public void connected(NodeId id) {
    change(id, neighbour -> neighbour.connected(time.nanos()));
  }

  /** The neighbour's impulse connection is gone. */
  public void disconnected(NodeId id) {
    change(id, Neighbour::disconnected);
  }

  /** The neighbour's machine refused a new connection. */
  public void refusedReconnect(NodeId id) {
    change(id, Neighbour::refusedReconnect);
  }

  /** Whether this worker's own timers were late within the last interval: it casts no vote. */
  public boolean doubtful() {
    return everLate && time.nanos() - doubtfulUntil < 0;
  }

  /** What is known of every neighbour, by name. */
  public List<NeighbourView> views() {
    long now = time.nanos();
    List<NeighbourView> views = new ArrayList<>();
    neighbours.values().forEach(neighbour -> views.add(neighbour.view(now)));
    return List.copyOf(views);
  }

  /** What is known of one neighbour; empty when it is none. */
  public Optional<NeighbourView> view(NodeId id) {
    return Optional.ofNullable(neighbours.get(id)).map(neighbour -> neighbour.view(time.nanos()));
  }

  /** Envelopes that were no impulse of a neighbour, or an old one. */
  public Rejections rejections() {
    return rejections;
  }

  private void change(NodeId id, Consumer<Neighbour> change) {
    Neighbour neighbour = neighbours.get(id);
    if (neighbour != null) {
      change.accept(neighbour);
      judge(neighbour);
    }
  }

  private void judge(Neighbour neighbour) {
    neighbour.judge(time.nanos(), time.now(), doubtful(), listener);
  }

  // Not twice: of impulses that come late and together the first is answered.
  private void answer(NodeId other, Neighbour neighbour, long now) {
    boolean leads = id.compareTo(other) < 0;
    if (timer != null && !leads && now - neighbour.sentAt() >= intervalNanos() / 2) {
      send(other, neighbour, now);
    }
  }

  private long intervalNanos() {
    return config.interval().toNanos();
  }

  private long step() {
    return intervalNanos() / Math.max(1, neighbours.tailMap(id, false).size());
  }

  private static long earlier(long one, long other) {
    return one - other < 0 ? one : other;
  }

  private void arm() {
    long now = time.nanos();
    dueAt = earlier(turnAt, now + intervalNanos() / LOOKS);
    for (Neighbour leader : neighbours.headMap(id, false).values()) {
      dueAt = earlier(dueAt, leader.triedAt() + unanswered());
    }
    long before = dueAt;
    long silenceCounts = doubtful() ? doubtfulUntil : now;
    for (Neighbour neighbour : neighbours.values()) {
      OptionalLong lateAt = neighbour.overdueAt();
      if (lateAt.isPresent()) {
        long due = lateAt.getAsLong();
        dueAt = earlier(dueAt, due - silenceCounts < 0 ? silenceCounts : due);
      }
    }
    awaits = dueAt - before < 0;
    timer = timers.after(Duration.ofNanos(Math.max(0, dueAt - now)), this::tick);
  }

  // What was awaited has come. Only then: called off timers are kept until their time.
  private void rearm() {
    if (timer != null && awaits) {
      timer.cancel();
      arm();
    }
  }

  // After so long a neighbour that leads gets an impulse though none came to be answered.
  private long unanswered() {
    return intervalNanos() + intervalNanos() / SLACK_DIVISOR;
  }

  private void tick() {
    long now = time.nanos();
    long late = now - dueAt;
    boolean paused = late > intervalNanos() / LATE_DIVISOR;
    if (paused) {
      everLate = true;
      doubtfulUntil = now + intervalNanos();
      neighbours.values().forEach(neighbour -> neighbour.forgive(now, late));
      log.warn("own timer late by {} ms: no vote for an interval", late / 1_000_000);
    }
    serve(now, paused);
    tellOverdue(now);
    // A copy: a listener may change the neighbours.
    List.copyOf(neighbours.values()).forEach(this::judge);
    if (timer != null) { // null: a listener has closed the exchange
      arm();
    }
  }

  private void tellOverdue(long now) {
    if (doubtful()) {
      return;
    }
    neighbours.forEach(
        (late, neighbour) -> {
          OptionalLong lateAt = neighbour.overdueAt();
          if (lateAt.isPresent() && now - lateAt.getAsLong() >= 0) {
            neighbour.saidOverdue();
            overdue.overdue(late);
          }
        });
  }

  private void serve(long now, boolean paused) {
    if (now - turnAt >= 0) {
      serveNext(now);
      turnAt = (paused ? now : turnAt) + step();
    }
    for (Map.Entry<NodeId, Neighbour> leader : neighbours.headMap(id, false).entrySet()) {
      if (now - leader.getValue().triedAt() >= unanswered()) {
        send(leader.getKey(), leader.getValue(), now);
      }
    }
  }

  private void serveNext(long now) {
    NavigableMap<NodeId, Neighbour> led = neighbours.tailMap(id, false);
    Map.Entry<NodeId, Neighbour> next = lastServed == null ? null : led.higherEntry(lastServed);
    next = next == null ? led.firstEntry() : next;
    if (next != null) {
      lastServed = next.getKey();
      send(next.getKey(), next.getValue(), now);
    }
  }

  private void send(NodeId to, Neighbour neighbour, long now) {
    Impulse impulse = neighbour.next(now, incarnation, self.get(), doubtful());
    neighbour.tried(now);
    if (transport.send(to, neighbour.hearsMe() ? impulse.brief() : impulse.full())) {
      neighbour.sent(now);
    }
  }
}
