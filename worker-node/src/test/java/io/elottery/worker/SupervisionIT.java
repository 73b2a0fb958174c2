package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.reports.order.Order;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three workers and a fake main over real trunks and links; no ledger. */
@Tag("it")
class SupervisionIT {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");
  private static final List<NodeId> ALL = List.of(ONE, TWO, THREE);

  private Path directory;
  private final Map<NodeId, WorkerNode> workers = new HashMap<>();
  private final Map<NodeId, FakeReplicas> replicas = new HashMap<>();
  // Ports are fixed in a server's configuration: a restart listens where it did before.
  private final Map<NodeId, String> trunkAt = new HashMap<>();
  private final Map<NodeId, String> linkAt = new HashMap<>();
  private NettyRuntime runtime;
  private FakeMain main;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    directory = temporary;
    runtime = new NettyRuntime(4);
    main = new FakeMain(directory, runtime, ALL, 4);
    for (NodeId id : ALL) {
      start(id, main.address().toString());
    }
  }

  @AfterEach
  void end() {
    workers.values().forEach(WorkerNode::close);
    main.close();
    runtime.close();
  }

  @Test
  void workersEnrolLinkAndReport() {
    awaitLinks();

    await()
        .until(
            () ->
                ALL.stream()
                    .allMatch(
                        id -> main.last(id).filter(SupervisionIT::hearsAllNeighbours).isPresent()));
    assertThat(main.confirms).hasSizeGreaterThanOrEqualTo(12);
    await().until(() -> replicas(ONE).rings.contains(main.ring()));
  }

  @Test
  void deathOfANeighbourIsReportedAtOnceAndRestartIsSeen() throws Exception {
    awaitLinks();

    worker(THREE).close();

    await().until(() -> criticalAbout(THREE, NeighbourReport.Trust.DEAD));
    await().until(() -> replicas(ONE).suspected.contains(THREE));
    assertThat(replicas(ONE).suspected).doesNotContain(TWO);

    start(THREE, main.address().toString());
    awaitLinks();
    await()
        .until(
            () ->
                main.last(ONE)
                    .filter(report -> trust(report, THREE) == NeighbourReport.Trust.TRUSTED)
                    .isPresent());
  }

  @Test
  void workerWithoutMainStartsFromItsDiskAndReportsThroughANeighbour() throws Exception {
    awaitLinks();
    worker(THREE).close();
    main.reports.clear();

    start(THREE, "127.0.0.1:1");

    awaitLinks();
    await()
        .until(() -> main.last(THREE).filter(report -> report.relayedBy().isPresent()).isPresent());
    Report relayed = main.last(THREE).orElseThrow();
    assertThat(relayed.hearsMain()).isFalse();
    assertThat(relayed.relayedBy().orElseThrow()).isIn(ONE, TWO);
  }

  @Test
  void orderUnderAnOlderFenceIsRefused() throws Exception {
    awaitLinks();

    main.order(ONE, order(1, 9)).get();

    assertThatThrownBy(() -> main.order(ONE, order(2, 8)).get())
        .hasMessageContaining("newer fence");
    assertThat(replicas(ONE).suspected).containsExactly(NodeId.of("worker-9"));
  }

  @Test
  void sameOrderAgainIsDoneOnce() throws Exception {
    awaitLinks();

    main.order(ONE, order(1, 9)).get();
    main.order(ONE, order(1, 9)).get();

    assertThat(replicas(ONE).suspected).hasSize(1);
  }

  private static Order order(long id, long fence) {
    return new Order(
        id, Hemisphere.LEFT, fence, Order.Kind.MOVE_WRITERS, NodeId.of("worker-9"), "a test");
  }

  private static boolean hearsAllNeighbours(Report report) {
    return report.hearsMain()
        && report.neighbours().size() == 2
        && report.neighbours().stream()
            .allMatch(n -> n.heard() > 0 && n.hearsMe() && n.hearsMain() && n.connected());
  }

  private boolean criticalAbout(NodeId dead, NeighbourReport.Trust trust) {
    return main.reports.stream()
        .anyMatch(report -> report.priority() == Priority.CRITICAL && trust(report, dead) == trust);
  }

  private static NeighbourReport.Trust trust(Report report, NodeId neighbour) {
    return report.neighbours().stream()
        .filter(n -> n.neighbour().equals(neighbour))
        .map(NeighbourReport::trust)
        .findFirst()
        .orElse(NeighbourReport.Trust.SUSPECT);
  }

  private void awaitLinks() {
    for (NodeId one : ALL) {
      for (NodeId other : ALL) {
        for (Purpose purpose : Purpose.values()) {
          for (Channel channel : Channel.values()) {
            if (!one.equals(other)) {
              LinkId link = LinkId.between(one, other, purpose);
              await().until(() -> worker(one).links().up(link, channel));
            }
          }
        }
      }
    }
  }

  private void start(NodeId id, String mainAddress) throws Exception {
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "node.name", id.name(),
                "node.dir", directory.resolve(id.name()).toString(),
                "mains", FakeMain.ID + "@" + mainAddress,
                "trunk.listen", trunkAt.getOrDefault(id, "127.0.0.1:0"),
                "link.listen", linkAt.getOrDefault(id, "127.0.0.1:0"),
                "heartbeat.interval", "50ms",
                "reports.interval", "200ms"));
    WorkerConfig config = WorkerConfig.from(source);
    source.done();
    SecureRandomSource random = new SecureRandomSource();
    NodeKeys keys = NodeKeys.open(config.dir().resolve("keys"), id, Role.WORKER, random);
    Optional<JoinToken> token =
        keys.certificate().isPresent() ? Optional.empty() : Optional.of(main.token);
    FakeReplicas fake = new FakeReplicas(id.name());
    replicas.put(id, fake);
    WorkerNode worker =
        new WorkerNode(
            config,
            new WorkerNode.Ports(
                runtime,
                new SystemTime(),
                (where, problem) -> {
                  throw new AssertionError(where, problem);
                },
                keys,
                token,
                ports -> fake,
                new SimpleMeterRegistry(),
                new Readiness()));
    worker.start();
    workers.put(id, worker);
    trunkAt.put(id, worker.trunks().listening().toString());
    linkAt.put(id, worker.links().listening().toString());
  }

  private WorkerNode worker(NodeId id) {
    return Objects.requireNonNull(workers.get(id));
  }

  private FakeReplicas replicas(NodeId id) {
    return Objects.requireNonNull(replicas.get(id));
  }
}
