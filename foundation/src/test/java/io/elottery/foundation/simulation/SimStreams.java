package io.elottery.foundation.simulation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connects simulated servers as TCP does: nothing vanishes out of an open connection and nothing
 * overtakes; what is lost on the way or meets a cut comes later, and a connection that carries
 * nothing for {@link #IDLE} is closed on both ends.
 *
 * <p>A crashed server's connections close at once where the way is open; a dial to its address is
 * refused as long as it is down. A paused server completes no handshake.
 */
public final class SimStreams {
  /** A connection that was blocked for this long is closed. */
  public static final Duration IDLE = Duration.ofSeconds(10);

  private static final long RETRY_NANOS = 200_000_000;
  private static final int SENT_AGAIN_MAX = 4; // each time after twice the wait: 3 s at most

  private final SimWorld world;
  private final String name;
  private final SimRandom random;
  private final Map<NodeId, End> ends = new TreeMap<>();
  private final Map<NodeId, End> endOf = new HashMap<>(); // the same, for looking up
  private final Map<NodeId, Known> lines = new HashMap<>();
  private NetworkFaults faults = NetworkFaults.none();
  private long delayMin = faults.delayMin().toNanos();
  private long delayMax = faults.delayMax().toNanos();
  private SimNetwork.Topology topology = (a, b) -> true;

  SimStreams(SimWorld world, String name) {
    this.world = world;
    this.name = name;
    this.random = SimRandom.named(world.seed(), "streams " + name);
  }

  /** Makes it better or worse from now on; what would be dropped is sent again, later. */
  public SimStreams behave(NetworkFaults faults) {
    this.faults = faults;
    this.delayMin = faults.delayMin().toNanos();
    this.delayMax = faults.delayMax().toNanos();
    return this;
  }

  /** Lets only these pairs connect; before any server starts. */
  public SimStreams only(SimNetwork.Topology topology) {
    this.topology = topology;
    return this;
  }

  /** The server's way into it, until its next crash. Call it while it boots. */
  public Transport attach(SimNode node, Receiver receiver, Connections connections) {
    End end = new End(node, receiver, connections, node.starts());
    ends.put(node.id(), end);
    endOf.put(node.id(), end);
    for (End other : ends.values()) {
      NodeId a = node.id();
      NodeId b = other.node.id();
      if (!a.equals(b) && (topology.joins(a, b) || topology.joins(b, a))) {
        dial(line(a, b), 0);
      }
    }
    return (to, envelope) -> send(end, to, envelope);
  }

  /** True while a connection of the two is open. */
  public boolean connected(NodeId a, NodeId b) {
    Line line = known(a, b);
    return line != null && line.up;
  }

  /** Closes all connections of a server; they are made again if nothing is in the way. */
  public void hangUp(NodeId node) {
    inOrder(node).forEach(this::close);
  }

  void crashed(SimNode node) {
    for (Line line : inOrder(node.id())) {
      if (!line.up) {
        continue;
      }
      long generation = line.ends();
      End other = endOf.get(line.other(node.id()));
      // With the way cut nobody says goodbye: the other end finds out by itself.
      boolean heard = !world.isCut(node.id(), line.other(node.id()));
      world.at(
          world.nanos() + (heard ? delay() : IDLE.toNanos()),
          () -> {
            if (other != null && other.isCurrent() && line.generation == generation) {
              other.connections.disconnected(node.self());
            }
          });
      dial(line, heard ? delay() : IDLE.toNanos());
    }
  }

  private boolean send(End from, NodeId to, Envelope envelope) {
    Line line = known(from.node.id(), to);
    if (line == null || !line.up || !from.isCurrent()) {
      return false;
    }
    End target = endOf.get(to);
    if (target == null) {
      return true;
    }
    Way way = line.way(from.node.id());
    long at = world.nanos() + delay();
    for (int again = 0; again < SENT_AGAIN_MAX && random.chance(faults.drop()); again++) {
      at += RETRY_NANOS << again;
    }
    way.lastArrival = Math.max(at, way.lastArrival + 1);
    long generation = line.generation;
    world.at(
        way.lastArrival, () -> arrive(line, way, generation, new Piece(from, target, envelope)));
    return true;
  }

  private void arrive(Line line, Way way, long generation, Piece piece) {
    if (line.generation != generation) {
      return;
    }
    if (way.held.isEmpty() && !world.isCut(piece.from.node.id(), piece.to.node.id())) {
      deliver(piece);
      return;
    }
    way.held.add(piece);
    if (way.held.size() == 1) {
      resume(line, way, generation, world.nanos());
    }
  }

  private void resume(Line line, Way way, long generation, long since) {
    world.at(
        world.nanos() + RETRY_NANOS,
        () -> {
          Piece first = way.held.peek();
          if (line.generation != generation || first == null) {
            return;
          }
          if (!world.isCut(first.from.node.id(), first.to.node.id())) {
            way.held.forEach(this::deliver);
            way.held.clear();
          } else if (world.nanos() - since > IDLE.toNanos()) {
            close(line);
          } else {
            resume(line, way, generation, since);
          }
        });
  }

  private void deliver(Piece piece) {
    if (piece.to.isCurrent()) {
      world.trace(piece.to.node.id(), piece.to.hears, piece.envelope);
      piece.to.receiver.received(piece.from.node.self(), piece.envelope);
    }
  }

  private void dial(Line line, long wait) {
    long generation = line.generation;
    world.at(
        world.nanos() + wait + 2 * delay(),
        () -> {
          if (line.up || line.generation != generation) {
            return;
          }
          End a = endOf.get(line.low);
          End b = endOf.get(line.high);
          if (a == null || b == null || !(a.isCurrent() || b.isCurrent())) {
            return; // the next start dials
          }
          if (world.isCut(line.low, line.high) || world.isCut(line.high, line.low)) {
            dial(line, RETRY_NANOS);
          } else if (!a.isCurrent() || !b.isCurrent()) {
            End alive = a.isCurrent() ? a : b;
            alive.connections.refused((alive == a ? b : a).node.self());
            dial(line, RETRY_NANOS);
          } else if (a.node.isPaused() || b.node.isPaused()) {
            dial(line, RETRY_NANOS);
          } else {
            line.up = true;
            line.begins();
            world.trace(line.low, "connects " + name, line.high);
            a.connections.connected(b.node.self());
            b.connections.connected(a.node.self());
          }
        });
  }

  private void close(Line line) {
    if (!line.up) {
      return;
    }
    line.ends();
    world.trace(line.low, "disconnects " + name, line.high);
    End a = endOf.get(line.low);
    End b = endOf.get(line.high);
    if (a != null && a.isCurrent() && b != null) {
      a.connections.disconnected(b.node.self());
    }
    if (b != null && b.isCurrent() && a != null) {
      b.connections.disconnected(a.node.self());
    }
    dial(line, RETRY_NANOS);
  }

  private Line line(NodeId a, NodeId b) {
    Line known = known(a, b);
    if (known == null) {
      known = a.compareTo(b) < 0 ? new Line(a, b) : new Line(b, a);
      lines.computeIfAbsent(a, key -> new Known()).add(b, known);
      lines.computeIfAbsent(b, key -> new Known()).add(a, known);
    }
    return known;
  }

  private @Nullable Line known(NodeId a, NodeId b) {
    Known of = lines.get(a);
    return of == null ? null : of.found.get(b);
  }

  private Collection<Line> inOrder(NodeId node) {
    Known of = lines.get(node);
    return of == null ? List.of() : of.inOrder.values();
  }

  private long delay() {
    return random.between(delayMin, delayMax);
  }

  /** A server's lines, to look up and in the order of names. */
  private static final class Known {
    private final Map<NodeId, Line> found = new HashMap<>();
    private final Map<NodeId, Line> inOrder = new TreeMap<>();

    void add(NodeId other, Line line) {
      found.put(other, line);
      inOrder.put(other, line);
    }
  }

  private record Piece(End from, End to, Envelope envelope) {}

  /** One direction of a line. */
  private static final class Way {
    private final Deque<Piece> held = new ArrayDeque<>();
    private long lastArrival;
  }

  /** One pair; its generation grows with every opening and closing. */
  private static final class Line {
    private final NodeId low;
    private final NodeId high;
    private final Way upwards = new Way();
    private final Way downwards = new Way();
    private boolean up;
    private long generation;

    Line(NodeId low, NodeId high) {
      this.low = low;
      this.high = high;
    }

    NodeId other(NodeId node) {
      return node.equals(low) ? high : low;
    }

    Way way(NodeId from) {
      return from.equals(low) ? upwards : downwards;
    }

    void begins() {
      upwards.held.clear();
      downwards.held.clear();
      generation++;
    }

    long ends() {
      up = false;
      return ++generation;
    }
  }

  private final class End {
    private final SimNode node;
    private final Receiver receiver;
    private final Connections connections;
    private final long incarnation;
    private final String hears;

    End(SimNode node, Receiver receiver, Connections connections, long incarnation) {
      this.node = node;
      this.receiver = receiver;
      this.connections = connections;
      this.incarnation = incarnation;
      this.hears = "hears on " + name;
    }

    boolean isCurrent() {
      return node.isRunning(incarnation);
    }
  }
}
