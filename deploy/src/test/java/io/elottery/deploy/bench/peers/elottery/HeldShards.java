package io.elottery.deploy.bench.peers.elottery;

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
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Five shards to report of, without a ledger: its work is not supervision's. */
final class HeldShards implements Replicas {
  private static final int SHARDS = 5;

  private final List<ShardReport> reports;

  HeldShards(NodeId self, List<NodeId> others) {
    reports =
        IntStream.range(0, SHARDS)
            .mapToObj(
                shard ->
                    new ShardReport(
                        shard,
                        shard == 0
                            ? ShardReport.ReplicaRole.WRITER
                            : ShardReport.ReplicaRole.FOLLOWER,
                        Optional.of(shard == 0 ? self : others.get(0)),
                        7,
                        100_000,
                        100_000,
                        others))
            .toList();
  }

  @Override
  public List<ShardReport> reports() {
    return reports;
  }

  @Override
  public void start() {}

  @Override
  public void close() {}

  @Override
  public void applyRing(Ring ring) {}

  @Override
  public void received(Peer from, Envelope envelope) {}

  @Override
  public void suspect(NodeId node) {}

  @Override
  public void rests(Set<NodeId> who) {}

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
  public Duration slowestFlush() {
    return Duration.ofMillis(3);
  }

  @Override
  public int queued() {
    return 0;
  }

  @Override
  public String storeId() {
    return "store";
  }

  @Override
  public long incarnation() {
    return 1;
  }
}
