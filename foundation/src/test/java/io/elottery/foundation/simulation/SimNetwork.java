package io.elottery.foundation.simulation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Connects simulated servers: each pair that is attached gets connected, unless the way is cut.
 *
 * <p>Senders are authenticated: the receiver is told who really sent. A cut way swallows envelopes
 * and keeps new connections from being made; connections made before stay, as TCP's do. Which pairs
 * may connect at all can be narrowed with {@link #only}.
 */
public final class SimNetwork {
  private static final Duration RECONNECT = Duration.ofMillis(200);

  private final SimWorld world;
  private final String name;
  private final SimRandom random;
  private final Map<NodeId, Endpoint> endpoints = new TreeMap<>();
  private final TreeSet<Way> connected = new TreeSet<>();
  private final TreeSet<Way> dialling = new TreeSet<>();
  private final Map<Way, Long> lastArrival = new TreeMap<>();
  private NetworkFaults faults = NetworkFaults.none();
  private Topology topology = (a, b) -> true;
  private long lost;

  /** Which pairs may connect. */
  @FunctionalInterface
  public interface Topology {
    /** Asked in both orders; true in one is enough. */
    boolean joins(NodeId a, NodeId b);
  }

  SimNetwork(SimWorld world, String name) {
    this.world = world;
    this.name = name;
    this.random = SimRandom.named(world.seed(), "network " + name);
  }

  /** Makes the network better or worse from now on. */
  public SimNetwork behave(NetworkFaults faults) {
    this.faults = faults;
    return this;
  }

  /** Lets only these pairs connect; those that may no longer are disconnected. */
  public SimNetwork only(Topology topology) {
    this.topology = topology;
    for (Way way : new TreeSet<>(connected)) {
      if (!joins(way)) {
        disconnect(way);
      }
    }
    return this.dialAll();
  }

  /** Closes the connection of a pair; it is made again if nothing is in the way. */
  public void reset(NodeId a, NodeId b) {
    disconnect(Way.pair(a, b));
    dial(Way.pair(a, b));
  }

  /** True when envelopes from the one to the other are taken. */
  public boolean connected(NodeId a, NodeId b) {
    return connected.contains(Way.pair(a, b));
  }

  /** Envelopes taken and lost: dropped, swallowed by a cut, or their receiver was gone. */
  public long lost() {
    return lost;
  }

  Transport attach(SimNode node, Receiver receiver, Connections connections) {
    Endpoint endpoint = new Endpoint(node, receiver, connections, node.starts());
    endpoints.put(node.id(), endpoint);
    dialAll();
    return (to, envelope) -> send(endpoint, to, envelope);
  }

  /** Tries to connect whoever is not connected and could be. */
  SimNetwork dialAll() {
    for (NodeId a : endpoints.keySet()) {
      for (NodeId b : endpoints.keySet()) {
        if (a.compareTo(b) < 0) {
          dial(new Way(a, b));
        }
      }
    }
    return this;
  }

  void crashed(SimNode node) {
    Endpoint gone = endpoints.remove(node.id());
    if (gone == null) {
      return;
    }
    for (Way way : new TreeSet<>(connected)) {
      if (way.has(node.id())) {
        connected.remove(way);
        Endpoint other = endpoints.get(way.other(node.id()));
        if (other != null) {
          world.after(delay(), () -> tellDisconnected(other, gone));
        }
      }
    }
  }

  private boolean send(Endpoint from, NodeId to, Envelope envelope) {
    if (!from.isCurrent() || !connected.contains(Way.pair(from.id(), to))) {
      return false;
    }
    Endpoint target = endpoints.get(to);
    if (target == null || world.isCut(from.id(), to) || random.chance(faults.drop())) {
      lost++;
      return true;
    }
    deliverLater(from, target, envelope);
    if (random.chance(faults.duplicate())) {
      deliverLater(from, target, envelope);
    }
    return true;
  }

  private void deliverLater(Endpoint from, Endpoint target, Envelope envelope) {
    long at = world.nanos() + delay().toNanos();
    if (!random.chance(faults.reorder())) {
      Way way = new Way(from.id(), target.id());
      at = Math.max(at, lastArrival.getOrDefault(way, 0L) + 1);
      lastArrival.put(way, at);
    }
    world.after(Duration.ofNanos(at - world.nanos()), () -> deliver(from, target, envelope));
  }

  private void deliver(Endpoint from, Endpoint target, Envelope envelope) {
    if (!target.isCurrent() || world.isCut(from.id(), target.id())) {
      lost++;
      return;
    }
    world.trace(target.id(), from.arrives, envelope);
    target.receiver.received(from.node.self(), envelope);
  }

  private void dial(Way way) {
    if (!joins(way) || connected.contains(way) || !dialling.add(way)) {
      return;
    }
    world.after(
        delay().plus(delay()),
        () -> {
          dialling.remove(way);
          Endpoint a = endpoints.get(way.from);
          Endpoint b = endpoints.get(way.to);
          if (a == null || b == null || connected.contains(way) || !joins(way)) {
            return;
          }
          if (world.isCut(way.from, way.to) || world.isCut(way.to, way.from)) {
            dialling.add(way);
            world.after(
                RECONNECT,
                () -> {
                  dialling.remove(way);
                  dial(way);
                });
            return;
          }
          connected.add(way);
          world.trace(way.from, "connects " + name, way.to);
          a.connections.connected(b.node.self());
          b.connections.connected(a.node.self());
        });
  }

  private void disconnect(Way way) {
    if (!connected.remove(way)) {
      return;
    }
    Endpoint a = endpoints.get(way.from);
    Endpoint b = endpoints.get(way.to);
    world.trace(way.from, "disconnects " + name, way.to);
    if (a != null && b != null) {
      tellDisconnected(a, b);
      tellDisconnected(b, a);
    }
  }

  private void tellDisconnected(Endpoint told, Endpoint gone) {
    // Not told when it connected to the next incarnation first: then it lost nothing it knew of.
    if (told.isCurrent()) {
      told.connections.disconnected(gone.node.self());
    }
  }

  private boolean joins(Way way) {
    return topology.joins(way.from, way.to) || topology.joins(way.to, way.from);
  }

  private Duration delay() {
    return Duration.ofNanos(
        random.between(faults.delayMin().toNanos(), faults.delayMax().toNanos()));
  }

  private final class Endpoint {
    private final SimNode node;
    private final Receiver receiver;
    private final Connections connections;
    private final long incarnation;
    private final String arrives;

    Endpoint(SimNode node, Receiver receiver, Connections connections, long incarnation) {
      this.node = node;
      this.receiver = receiver;
      this.connections = connections;
      this.incarnation = incarnation;
      this.arrives = "hears on " + name + " from " + node.id();
    }

    NodeId id() {
      return node.id();
    }

    boolean isCurrent() {
      return node.isRunning(incarnation);
    }
  }

  /** From one server to another; a pair when the lower name comes first. */
  record Way(NodeId from, NodeId to) implements Comparable<Way> {
    static Way pair(NodeId a, NodeId b) {
      return a.compareTo(b) < 0 ? new Way(a, b) : new Way(b, a);
    }

    boolean has(NodeId node) {
      return from.equals(node) || to.equals(node);
    }

    NodeId other(NodeId node) {
      return from.equals(node) ? to : from;
    }

    @Override
    public int compareTo(Way other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }
}
