package io.elottery.foundation.simulation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A network of servers in one thread and virtual time. The seed decides everything: delays, losses,
 * what a disk forgets, in which order servers turn; two runs of one seed are the same run.
 *
 * <p>Each event is one delivery, one turn of one loop or one act of the test; after every event all
 * invariants are checked. A run has at most {@link #limit} events. Whatever goes wrong ends in a
 * {@link SimFailure} with the seed, the last events and the command that repeats it.
 *
 * <pre>{@code
 * SimWorld world = new SimWorld(seed);
 * world.node("worker-1", Role.WORKER, node -> { … node.loop("ledger") … });
 * world.invariant("OneWriterPerTerm", this::oneWriter);
 * world.startAll();
 * world.runUntil("a writer", this::hasWriter, Duration.ofSeconds(10));
 * }</pre>
 */
public final class SimWorld {
  /** The wall clock of every server without skew when the world begins. */
  public static final Instant BEGINNING = Instant.parse("2026-11-21T12:00:00Z");

  private static final long EVENTS_MAX = 5_000_000;

  private final long seed;
  private final SimRandom random;
  private final SimTrace trace = new SimTrace();
  private final SimAgenda agenda = new SimAgenda();
  private final SimTurns turns = new SimTurns();
  private final Map<NodeId, SimNode> nodes = new TreeMap<>();
  private final Map<String, SimNetwork> networks = new TreeMap<>();
  private final Map<String, SimStreams> streams = new TreeMap<>();
  private final Set<SimNetwork.Way> cuts = new HashSet<>();
  private final Map<String, Invariant> invariants = new TreeMap<>();
  private Stated[] stated = {}; // the invariants, by name
  private long limit = EVENTS_MAX;
  private long now;
  private @Nullable Throwable fault;
  private String faultAt = "";

  private record Stated(String name, Invariant holds) {}

  /** An empty world. */
  public SimWorld(long seed) {
    this.seed = seed;
    this.random = new SimRandom(seed);
  }

  /** What decides this world. */
  public long seed() {
    return seed;
  }

  /** The world's own chance, for tests' choices. */
  public SimRandom chance() {
    return random;
  }

  /** Virtual nanoseconds since the beginning. */
  public long nanos() {
    return now;
  }

  /** Virtual time since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(now);
  }

  /** A run of more events than this fails: something never ends. */
  public SimWorld limit(long events) {
    limit = events;
    return this;
  }

  /** Keeps no trace but the count of events; a run that fails is to be repeated with one. */
  public SimWorld untraced() {
    trace.light();
    return this;
  }

  /** Adds a server, not started yet. */
  public SimNode node(String name, Role role, SimNode.Boot boot) {
    SimNode node = new SimNode(this, new Peer(NodeId.of(name), role), boot);
    nodes.put(node.id(), node);
    turns.add(node);
    return node;
  }

  /** The server of that name. */
  public SimNode node(NodeId id) {
    SimNode node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException("no server " + id + " in this world");
    }
    return node;
  }

  /** All servers, by name. */
  public List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Starts every server that is down and resumes every one that is paused. */
  public void startAll() {
    nodes.values().forEach(SimNode::resume);
    nodes.values().forEach(SimNode::start);
  }

  /** The network of that name: trunks, replica links, impulses are networks of their own. */
  public SimNetwork network(String name) {
    return networks.computeIfAbsent(name, key -> new SimNetwork(this, key));
  }

  /** The network of that name whose connections behave as TCP's. */
  public SimStreams streams(String name) {
    return streams.computeIfAbsent(name, key -> new SimStreams(this, key));
  }

  /** Adds something that must hold after every event. */
  public SimWorld invariant(String name, Invariant invariant) {
    invariants.put(name, invariant);
    stated =
        invariants.entrySet().stream()
            .map(each -> new Stated(each.getKey(), each.getValue()))
            .toArray(Stated[]::new);
    return this;
  }

  /** Runs an act of the test later. */
  public void after(Duration delay, Runnable act) {
    agenda.add(now + Math.max(0, delay.toNanos()), act);
  }

  /** Undoes a cut of one way. */
  public void mendOneWay(NodeId from, NodeId to) {
    if (cuts.remove(new SimNetwork.Way(from, to))) {
      trace(from, "reaches again", to);
    }
  }

  /** Swallows everything from the one to the other, in all networks. */
  public void cutOneWay(NodeId from, NodeId to) {
    if (cuts.add(new SimNetwork.Way(from, to))) {
      trace(from, "is cut off from", to);
    }
  }

  /** Cuts both ways between every server of the one side and every one of the other. */
  public void partition(Collection<NodeId> side, Collection<NodeId> otherSide) {
    for (NodeId a : side) {
      for (NodeId b : otherSide) {
        cutOneWay(a, b);
        cutOneWay(b, a);
      }
    }
  }

  /** Cuts one server off from all others. */
  public void isolate(NodeId node) {
    partition(List.of(node), nodes.keySet().stream().filter(id -> !id.equals(node)).toList());
  }

  /** Undoes all cuts. */
  public void heal() {
    if (!cuts.isEmpty()) {
      cuts.clear();
      trace.add(now, "world", "heals", "");
    }
  }

  /** True while the way is cut. */
  public boolean isCut(NodeId from, NodeId to) {
    return !cuts.isEmpty() && cuts.contains(new SimNetwork.Way(from, to));
  }

  /** Lets this much virtual time pass. */
  public void runFor(Duration duration) {
    long until = now + duration.toNanos();
    while (step(until)) {
      // Each step checks the invariants.
    }
    now = until;
  }

  /** Runs until the condition holds, or fails after this much virtual time. */
  public void runUntil(String what, BooleanSupplier condition, Duration within) {
    long until = now + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (!step(until)) {
        throw failure("not within " + within + ": " + what, null);
      }
    }
  }

  /** Events so far. */
  public long events() {
    return trace.events();
  }

  /** A hash over everything that happened: the same for two runs of the same seed. */
  public long traceHash() {
    return trace.hash();
  }

  /** Adds a fact of the test's own to the trace. */
  public void trace(NodeId node, String what, Object detail) {
    trace.add(now, node.name(), what, detail);
  }

  /** A failure of this run with what is needed to repeat it. */
  public SimFailure failure(String what, @Nullable Throwable cause) {
    String message =
        String.format(
            "%s%nseed %d, event %d, at %.6f s; the last events:%n%sreplay: %s",
            what, seed, trace.events(), now / 1e9, trace.words(), Replay.command(seed));
    return new SimFailure(message, cause);
  }

  Collection<SimNetwork> networks() {
    return networks.values();
  }

  void crashed(SimNode node) {
    networks.values().forEach(network -> network.crashed(node));
    streams.values().forEach(each -> each.crashed(node));
  }

  /** Runs an act at a time that is not over. */
  void at(long nanos, Runnable act) {
    agenda.add(Math.max(now, nanos), act);
  }

  /** Something was thrown in a loop and its server does not deal with it. */
  void failed(String where, Throwable problem) {
    if (fault == null) {
      fault = problem;
      faultAt = where;
    }
  }

  private boolean step(long until) {
    SimNode turning = turns.next();
    long next = agenda.next();
    if (turning != null && turning.due < next) {
      next = turning.due;
    } else {
      turning = null;
    }
    if (next > until) {
      return false;
    }
    now = Math.max(now, next);
    try {
      if (turning != null) {
        moved(turning);
        turning.turn(random);
      } else {
        Runnable act = agenda.take();
        trace.note(next);
        run(act);
      }
      check();
    } catch (SimFailure saysItAll) {
      throw saysItAll;
    } catch (RuntimeException | AssertionError problem) {
      throw failure(String.valueOf(problem.getMessage()), problem);
    }
    return true;
  }

  /** A server's next turn may be at another time now. */
  void moved(SimNode node) {
    turns.moved(node);
  }

  private static void run(@Nullable Runnable act) {
    if (act == null) {
      return;
    }
    try {
      act.run();
    } catch (SimCrash endedByCrash) {
      // The server crashed inside this event; what it was doing is over.
    }
  }

  private void check() {
    if (fault != null) {
      throw failure(faultAt + ": " + fault, fault);
    }
    if (trace.events() > limit) {
      throw failure("more than " + limit + " events: this run does not end", null);
    }
    for (Stated each : stated) {
      try {
        each.holds.check();
      } catch (AssertionError | RuntimeException broken) {
        throw failure(each.name + " is broken: " + broken.getMessage(), broken);
      }
    }
  }
}
