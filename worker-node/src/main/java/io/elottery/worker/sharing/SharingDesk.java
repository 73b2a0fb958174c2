package io.elottery.worker.sharing;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.heartbeat.detector.Suspicion;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.report.ShardReport;
import io.elottery.worker.reporting.MachineLoad;
import io.elottery.worker.shards.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures this worker's load, which impulses carry, and hands shards on as {@link Sharing} says.
 * On the supervision loop.
 */
public final class SharingDesk {
  /**
   * What it looks at and acts on.
   *
   * @param rests whether a server takes no writing
   * @param notices what main should know at once
   */
  public record Ports(
      NodeLoop loop,
      MachineLoad load,
      Replicas replicas,
      Supplier<ImpulseExchange> impulses,
      Supplier<Optional<Ring>> ring,
      Predicate<NodeId> rests,
      Consumer<String> notices) {}

  private static final Logger log = LoggerFactory.getLogger(SharingDesk.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final NodeId self;
  private final Ports ports;
  private final SharingConfig config;
  private final Sharing sharing;
  private boolean overloaded;
  private int looks;

  /** Moves nothing until started. */
  public SharingDesk(NodeId self, Ports ports, SharingConfig config) {
    this.self = self;
    this.ports = ports;
    this.config = config;
    this.sharing = new Sharing(config);
  }

  /** Begins; on the loop. */
  public void start() {
    ports.loop.every(LOOK, this::look);
  }

  /** How busy this worker is, 0 … 1000; any thread. */
  public int permille() {
    return config.permille(ports.load.last().processor(), ports.replicas.queueAge());
  }

  private void look() {
    if (looks++ % 2 == 0) {
      ports.load.measure();
    }
    long now = ports.loop.time().nanos();
    sharing
        .look(now, self, permille(), written(), neighbours())
        .ifPresent(
            move -> {
              log.info("{}: shard-{} → {}, {}", self, move.shard(), move.to(), move.because());
              ports.replicas.handOver(move.shard(), move.to());
              ports.notices.accept(
                  "shard-" + move.shard() + " is handed to " + move.to() + ": " + move.because());
            });
    if (overloaded != sharing.isOverloaded(now)) {
      overloaded = !overloaded;
      ports.notices.accept(self + (overloaded ? " is overloaded" : " is overloaded no more"));
    }
  }

  private List<Sharing.Written> written() {
    Optional<Ring> ring = ports.ring.get();
    return ports.replicas.reports().stream()
        .filter(shard -> shard.role() == ShardReport.ReplicaRole.WRITER)
        .map(
            shard -> {
              List<NodeId> preferred =
                  ring.filter(known -> shard.shard() < known.shards())
                      .map(known -> known.placement(new ShardId(shard.shard())))
                      .map(Placement::nodes)
                      .orElse(shard.members());
              List<NodeId> others =
                  shard.members().stream().filter(id -> !id.equals(self)).toList();
              NodeId first = preferred.isEmpty() ? self : preferred.get(0);
              List<NodeId> able =
                  ports.replicas.successors().getOrDefault(shard.shard(), List.of());
              return new Sharing.Written(shard.shard(), others, first, able.contains(first));
            })
        .toList();
  }

  private List<Sharing.Neighbour> neighbours() {
    return ports.impulses.get().views().stream()
        .filter(view -> view.connected() && view.suspicion() == Suspicion.TRUSTED)
        .filter(view -> view.heard() > 0)
        .map(
            view ->
                new Sharing.Neighbour(
                    view.neighbour(), view.loadPermille(), ports.rests.test(view.neighbour())))
        .toList();
  }
}
