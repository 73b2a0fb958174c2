package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.order.Order;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import java.nio.file.Path;
import java.util.List;
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

  private WorkerTown town;
  private FakeMain main;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    town = new WorkerTown(temporary, ALL);
    main = town.main;
  }

  @AfterEach
  void end() {
    town.close();
  }

  @Test
  void workersEnrolLinkAndReport() {
    town.awaitLinks();

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
    town.awaitLinks();

    worker(THREE).close();

    await().until(() -> criticalAbout(THREE, NeighbourReport.Trust.DEAD));
    await().until(() -> replicas(ONE).suspected.contains(THREE));
    assertThat(replicas(ONE).suspected).doesNotContain(TWO);

    town.start(THREE);
    town.awaitLinks();
    await()
        .until(
            () ->
                main.last(ONE)
                    .filter(report -> trust(report, THREE) == NeighbourReport.Trust.TRUSTED)
                    .isPresent());
  }

  @Test
  void workerWithoutMainStartsFromItsDiskAndReportsThroughANeighbour() throws Exception {
    town.awaitLinks();
    worker(THREE).close();
    main.reports.clear();

    town.start(THREE, "127.0.0.1:1");

    town.awaitLinks();
    await()
        .until(() -> main.last(THREE).filter(report -> report.relayedBy().isPresent()).isPresent());
    Report relayed = main.last(THREE).orElseThrow();
    assertThat(relayed.hearsMain()).isFalse();
    assertThat(relayed.relayedBy().orElseThrow()).isIn(ONE, TWO);
  }

  @Test
  void orderUnderAnOlderFenceIsRefused() throws Exception {
    town.awaitLinks();

    main.order(ONE, order(1, 9)).get();

    assertThatThrownBy(() -> main.order(ONE, order(2, 8)).get())
        .hasMessageContaining("newer fence");
    assertThat(replicas(ONE).suspected).containsExactly(NodeId.of("worker-9"));
  }

  @Test
  void sameOrderAgainIsDoneOnce() throws Exception {
    town.awaitLinks();

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

  private WorkerNode worker(NodeId id) {
    return town.worker(id);
  }

  private FakeReplicas replicas(NodeId id) {
    return town.replicas(id);
  }
}
