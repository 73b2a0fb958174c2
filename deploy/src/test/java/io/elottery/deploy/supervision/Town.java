package io.elottery.deploy.supervision;

import io.elottery.controller.supervision.SupervisionConfig;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.simulation.SimStreams;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A network of workers and mains in one world, watched by the processes' own code. */
final class Town {
  /** The kinds of connections there are. */
  enum Streams {
    TRUNK,
    WORK,
    IMPULSE
  }

  /** How it is configured. */
  record Config(DetectorConfig heartbeat, SupervisionConfig supervision) {}

  /** Told of every verdict that changed. */
  interface Witness {
    void judged(SimMain by, Judgement judgement, long fence);
  }

  final SimWorld world;
  final Config config;
  final Map<NodeId, SimWorker> workers = new TreeMap<>();
  final Map<NodeId, SimMain> mains = new TreeMap<>();
  final Criticals criticals = new Criticals();
  final List<Witness> witnesses = new ArrayList<>();
  final List<RosterWorker> roster;
  final Elections elections;
  private final SimRandom chance;
  private NetworkFaults weather = NetworkFaults.none();

  /**
   * @param neighbours of each worker, in both directions
   */
  Town(long seed, Config config, Map<NodeId, TreeSet<NodeId>> neighbours, int mainCount) {
    this.world = new SimWorld(seed);
    this.config = config;
    this.chance = SimRandom.named(seed, "town");
    int number = 0;
    for (Map.Entry<NodeId, TreeSet<NodeId>> each : neighbours.entrySet()) {
      Hemisphere half = number++ % 2 == 0 ? Hemisphere.LEFT : Hemisphere.RIGHT;
      NodeId id = each.getKey();
      workers.put(id, new SimWorker(this, id, half, List.copyOf(each.getValue())));
    }
    roster = workers.values().stream().map(SimWorker::entry).toList();
    Towns.names("main-", mainCount).forEach(id -> mains.put(id, new SimMain(this, id)));
    streams(Streams.TRUNK).only((a, b) -> mains.containsKey(a));
    SimNetworkOf neighbourhood = new SimNetworkOf(neighbours);
    streams(Streams.WORK).only(neighbourhood::joins);
    streams(Streams.IMPULSE).only(neighbourhood::joins);
    elections = new Elections(this);
  }

  private record SimNetworkOf(Map<NodeId, TreeSet<NodeId>> neighbours) {
    boolean joins(NodeId a, NodeId b) {
      return neighbours.containsKey(a) && neighbours.get(a).contains(b);
    }
  }

  /** Whether the two have any connection at all. */
  boolean talk(NodeId a, NodeId b) {
    SimWorker worker = workers.get(a);
    return worker == null || !workers.containsKey(b) || worker.neighbours.contains(b);
  }

  SimStreams streams(Streams kind) {
    return world.streams(kind.name());
  }

  /** From now on the network is like this. */
  void weather(NetworkFaults faults) {
    weather = faults;
    for (Streams kind : Streams.values()) {
      streams(kind).behave(faults);
    }
  }

  /** How the network is now. */
  NetworkFaults weather() {
    return weather;
  }

  void startAll() {
    world.startAll();
    elections.begin();
  }

  SimWorker worker(NodeId id) {
    return Objects.requireNonNull(workers.get(id), id.name());
  }

  SimMain main(NodeId id) {
    return Objects.requireNonNull(mains.get(id), id.name());
  }

  SimNode node(NodeId id) {
    return world.node(id);
  }

  /** Closes every connection of a server. */
  void hangUp(NodeId id) {
    for (Streams kind : Streams.values()) {
      streams(kind).hangUp(id);
    }
  }

  /** Whether nobody listens at a server, as its machine says; false when it says nothing. */
  CompletableFuture<Boolean> refuses(NodeId from, NodeId to) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    long nanos = 2 * chance.between(weather.delayMin().toNanos(), weather.delayMax().toNanos());
    world.after(
        Duration.ofNanos(nanos),
        () -> {
          boolean open = !world.isCut(from, to) && !world.isCut(to, from);
          result.complete(open && !node(to).isAlive());
        });
    return result;
  }

  void judged(SimMain by, Judgement judgement, long fence) {
    world.trace(by.id, "judges", judgement.worker() + " " + judgement.verdict());
    witnesses.forEach(witness -> witness.judged(by, judgement, fence));
  }

  /** The main that acts for the half under the newest fence and knows it. */
  Optional<SimMain> leader(Hemisphere half) {
    return elections
        .holder(half)
        .map(mains::get)
        .filter(main -> main.process().map(run -> run.halves.acts(half)).orElse(false));
  }
}
