package io.elottery.controller.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may report for whom: each for itself, and a neighbour that says it passes it on. */
class ReporterTest {
  private static final NodeId ONE = NodeId.of("worker-1");

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station one = wire.station("worker-1", Role.WORKER);
  private final Wire.Station neighbour = wire.station("worker-2", Role.WORKER);
  private final Wire.Station stranger = wire.station("worker-3", Role.WORKER);
  private final Wire.Station gateway = wire.station("web-1", Role.GATEWAY);
  private final Supervisor supervisor =
      new Supervisor(
          new Supervisor.Ports(
              main.board,
              main.loop,
              new Hemispheres(main.id),
              new RegistrySession(wire),
              address -> CompletableFuture.completedFuture(false),
              List.of(),
              id -> Optional.empty(),
              (judgement, fence) -> {}),
          SupervisionConfig.from(ConfigSource.of(Map.of())));
  private long number;

  @BeforeEach
  void start() {
    supervisor.start();
    supervisor.watch(
        List.of(
            worker("worker-1", List.of(NodeId.of("worker-2"))),
            worker("worker-2", List.of()), // Named on one side, a neighbour on both.
            worker("worker-3", List.of(NodeId.of("worker-2")))));
  }

  @Test
  void workerReportsForItself() {
    assertThat(taken(one, Optional.empty())).isTrue();
  }

  @Test
  void neighbourPassesItOn() {
    assertThat(taken(neighbour, Optional.of(neighbour.id))).isTrue();
  }

  @Test
  void nobodyElseDoes() {
    assertThat(taken(stranger, Optional.of(stranger.id))).as("no neighbour").isFalse();
    assertThat(taken(stranger, Optional.of(neighbour.id))).as("in another's name").isFalse();
    assertThat(taken(stranger, Optional.empty())).as("as if it were it").isFalse();
    assertThat(taken(neighbour, Optional.empty())).as("not saying so").isFalse();
    assertThat(taken(one, Optional.of(neighbour.id))).as("its own, as passed on").isFalse();
    assertThat(taken(gateway, Optional.empty())).as("no worker").isFalse();
    assertThat(supervisor.reports()).isEmpty();
  }

  private boolean taken(Wire.Station from, Optional<NodeId> relayedBy) {
    Report report =
        new Report(
            ONE,
            1,
            ++number,
            wire.now(),
            Priority.ROUTINE,
            true,
            false,
            Verdict.UP,
            List.of(),
            Load.NONE,
            List.of(),
            List.of(),
            relayedBy);
    CompletableFuture<Envelope> answer =
        from.board.call(main.id, report.envelope(), Duration.ofSeconds(1));
    wire.settle();
    assertThat(answer).isDone();
    return !answer.isCompletedExceptionally();
  }

  private static RosterWorker worker(String name, List<NodeId> neighbours) {
    return new RosterWorker(
        NodeId.of(name), Hemisphere.LEFT, Optional.empty(), Optional.empty(), neighbours);
  }
}
