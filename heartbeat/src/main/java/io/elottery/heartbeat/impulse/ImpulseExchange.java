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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
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
 * <p>Each neighbour gets one impulse an interval; with {@code k} neighbours one leaves every {@code
 * interval / k}, in turn.
 */
public final class ImpulseExchange implements Receiver, Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(ImpulseExchange.class);
  // Half an interval late: well above a loop's own jitter, well below what makes others suspect.
  private static final int LATE_DIVISOR = 2;

  private final long incarnation;
  private final DetectorConfig config;
  private final Transport transport;
  private final Timers timers;
  private final Time time;
  private final Supplier<SelfState> self;
  private final SuspicionListener listener;
  private final NavigableMap<NodeId, Neighbour> neighbours = new TreeMap<>();
  private @Nullable NodeId lastServed;
  private @Nullable Timer timer;
  private long dueAt;
  private long doubtfulUntil;
  private boolean everLate;
  private final Rejections rejections;

  /**
   * @param incarnation of this process: greater after every start, e.g. the wall clock's
   *     milliseconds
   * @param transport {@code Links.impulses()}
   * @param timers those of the loop all methods are called on
   * @param self what to say of this worker, asked before every impulse
   */
  public ImpulseExchange(
      long incarnation,
      DetectorConfig config,
      Transport transport,
      Timers timers,
      Time time,
      Supplier<SelfState> self,
      SuspicionListener listener) {
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
    arm(time.nanos());
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** From now on exactly these are the neighbours; what is known of those that stay is kept. */
  public void neighbours(Collection<NodeId> ids) {
    neighbours.keySet().retainAll(new TreeSet<>(ids));
    for (NodeId id : new TreeSet<>(ids)) {
      neighbours.computeIfAbsent(id, key -> new Neighbour(key, config, time.nanos(), time.now()));
    }
  }

  /** An envelope came on a neighbour's impulse connection. */
  @Override
  public void received(Peer from, Envelope envelope) {
    Neighbour neighbour = neighbours.get(from.id());
    try {
      Impulse impulse = Impulse.of(envelope);
      if (neighbour == null) {
        rejections.add(Why.WRONG_SENDER, from, "an impulse of one that is no neighbour");
      } else if (!neighbour.received(impulse, time.nanos())) {
        rejections.add(Why.STALE, from, "impulse " + impulse.sequence() + " is not the newest");
      } else {
        judge(neighbour);
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

  private void arm(long from) {
    long step = config.interval().toNanos() / Math.max(1, neighbours.size());
    dueAt = from + step;
    timer = timers.after(Duration.ofNanos(Math.max(0, dueAt - time.nanos())), this::tick);
  }

  private void tick() {
    long now = time.nanos();
    long late = now - dueAt;
    boolean paused = late > config.interval().toNanos() / LATE_DIVISOR;
    if (paused) {
      everLate = true;
      doubtfulUntil = now + config.interval().toNanos();
      neighbours.values().forEach(neighbour -> neighbour.forgive(now, late));
      log.warn("own timer late by {} ms: no vote for an interval", late / 1_000_000);
    }
    serveNext(now);
    // A copy: a listener may change the neighbours.
    List.copyOf(neighbours.values()).forEach(this::judge);
    if (timer != null) { // null: a listener has closed the exchange
      arm(paused ? now : dueAt);
    }
  }

  private void serveNext(long now) {
    NodeId next = lastServed == null ? null : neighbours.higherKey(lastServed);
    if (next == null) {
      next = neighbours.isEmpty() ? null : neighbours.firstKey();
    }
    lastServed = next;
    Neighbour neighbour = next == null ? null : neighbours.get(next);
    if (next != null && neighbour != null) {
      Impulse impulse = neighbour.next(now, incarnation, self.get(), doubtful());
      if (transport.send(next, impulse.toEnvelope())) {
        neighbour.sent(now);
      }
    }
  }
}
