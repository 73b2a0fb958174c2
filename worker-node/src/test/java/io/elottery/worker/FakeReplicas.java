package io.elottery.worker;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.report.ShardReport;
import io.elottery.worker.shards.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Holds nothing, and keeps what it is told. */
final class FakeReplicas implements Replicas {
  final List<NodeId> suspected = new CopyOnWriteArrayList<>();
  final List<Ring> rings = new CopyOnWriteArrayList<>();
  Set<NodeId> resting = Set.of();
  private final String name;

  FakeReplicas(String name) {
    this.name = name;
  }

  @Override
  public void start() {}

  @Override
  public void close() {}

  @Override
  public void applyRing(Ring ring) {
    rings.add(ring);
  }

  @Override
  public void received(Peer from, Envelope envelope) {}

  @Override
  public void suspect(NodeId node) {
    suspected.add(node);
  }

  @Override
  public void rests(Set<NodeId> who) {
    resting = Set.copyOf(who);
  }

  @Override
  public void handOver(int shard, NodeId to) {}

  @Override
  public void canaries(Duration patience, Consumer<List<Optional<Duration>>> told) {
    told.accept(List.of());
  }

  @Override
  public Duration queueAge() {
    return Duration.ZERO;
  }

  @Override
  public List<ShardReport> reports() {
    return List.of();
  }

  @Override
  public Duration slowestFlush() {
    return Duration.ZERO;
  }

  @Override
  public int queued() {
    return 0;
  }

  @Override
  public String storeId() {
    return "store of " + name;
  }

  @Override
  public long incarnation() {
    return 1;
  }
}
