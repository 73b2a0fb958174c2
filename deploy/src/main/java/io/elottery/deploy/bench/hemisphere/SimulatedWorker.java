package io.elottery.deploy.bench.hemisphere;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.Time;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A worker that says what a real one would. On the loop of the simulated network. */
final class SimulatedWorker {
  private static final int SHARDS = 5;

  final NodeId id;
  final Peer peer;
  final List<NodeId> neighbours;
  private final Time time;
  private long number;

  SimulatedWorker(NodeId id, List<NodeId> neighbours, Time time) {
    this.id = id;
    this.peer = new Peer(id, Role.WORKER);
    this.neighbours = neighbours;
    this.time = time;
  }

  RosterWorker entry() {
    return new RosterWorker(
        id,
        Hemisphere.LEFT,
        Optional.of(new Address("10.0.0.1", 7000)),
        Optional.of(new Address("10.0.0.1", 7001)),
        neighbours);
  }

  /** Its next report; the neighbours that are dead are said to be so. */
  Report report(Set<NodeId> dead) {
    number++;
    List<NodeId> lost = neighbours.stream().filter(dead::contains).toList();
    return new Report(
        id,
        1,
        number,
        time.now(),
        lost.isEmpty() ? Priority.ROUTINE : Priority.CRITICAL,
        true,
        false,
        Verdict.UP,
        lost.stream().map(each -> each + ": SUSPECT → DEAD, connection closed, refused").toList(),
        new Load(0.25, 80_000_000, 500_000_000, 40_000_000_000L, Duration.ofMillis(3), 4),
        neighbours.stream().map(each -> neighbour(each, !lost.contains(each))).toList(),
        java.util.stream.IntStream.range(0, SHARDS).mapToObj(this::shard).toList(),
        Optional.empty());
  }

  private NeighbourReport neighbour(NodeId each, boolean alive) {
    return new NeighbourReport(
        each,
        number * 10,
        number * 10,
        0,
        Duration.ofNanos(300_000),
        alive ? 0.4 : 12,
        alive ? NeighbourReport.Trust.TRUSTED : NeighbourReport.Trust.DEAD,
        time.now(),
        alive,
        !alive,
        true,
        alive);
  }

  private ShardReport shard(int index) {
    return new ShardReport(
        index,
        index == 0 ? ShardReport.ReplicaRole.WRITER : ShardReport.ReplicaRole.FOLLOWER,
        Optional.of(id),
        7,
        100_000 + number,
        100_000 + number,
        neighbours);
  }
}
