package io.elottery.controller.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real Supervisor while far more reports come than it can read. */
class FloodTest {
  private static final int FLOOD = 100_000;
  private static final int STEP = 1_000; // Every 10 ms of a second.
  private static final Duration INTERVAL = Duration.ofMillis(500);

  // The machine may be busy with other things: only what this thread used counts.
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station worker = wire.station("worker-1", Role.WORKER);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final List<Report> taken = new ArrayList<>();
  private final Supervisor supervisor = supervisor();
  private long refused;

  private Supervisor supervisor() {
    return new Supervisor(
        new Supervisor.Ports(
            main.board,
            main.loop,
            halves,
            new RegistrySession(wire),
            address -> CompletableFuture.completedFuture(false),
            List.of(),
            id -> Optional.of(Address.parse("h:1")),
            (judgement, fence) -> {}),
        SupervisionConfig.from(ConfigSource.of(Map.of("reports.intake", "2000"))));
  }

  @BeforeEach
  void start() {
    supervisor.onReport(taken::add);
    supervisor.start();
    supervisor.watch(
        List.of(
            new RosterWorker(
                worker.id, Hemisphere.LEFT, Optional.empty(), Optional.empty(), List.of())));
    supervisor.connected(worker.peer);
    halves.elected(Hemisphere.LEFT, 1);
    wire.settle();
  }

  @Test
  void aCriticalReportIsTriagedWhileAHundredThousandRoutineOnesComeInOneSecond() {
    Optional<Duration> waited = Optional.empty();
    for (int sent = 0; sent < FLOOD; sent += STEP) {
      offer(sent + 1, STEP, Priority.ROUTINE);
      boolean critical = sent == FLOOD / 2;
      long before = CPU.getCurrentThreadCpuTime();
      if (critical) {
        offer(FLOOD + 1, 1, Priority.CRITICAL);
      }
      // Main has time for one turn in each 10 ms: too little to read all that came.
      main.loop.poll();
      if (critical) {
        assertThat(taken).extracting(Report::number).contains(FLOOD + 1L);
        waited = Optional.of(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before));
      }
      worker.loop.poll();
    }

    assertThat(waited.orElseThrow()).isLessThan(INTERVAL);
    assertThat(supervisor.dropped(Priority.ROUTINE)).isGreaterThan(FLOOD / 2);
    assertThat(supervisor.dropped(Priority.CRITICAL)).isZero();
    wire.pass(INTERVAL);
    assertThat(supervisor.waitingReports()).isZero();
    // Whoever was turned away was told so and keeps its report.
    assertThat(refused).isEqualTo(supervisor.dropped(Priority.ROUTINE));
    assertThat(taken.size() + refused).isEqualTo(FLOOD + 1);
  }

  private void offer(long first, int count, Priority priority) {
    for (long number = first; number < first + count; number++) {
      worker
          .board
          .call(main.id, report(number, priority).envelope(), Duration.ofMinutes(1))
          .whenComplete((answer, problem) -> refused += problem == null ? 0 : 1);
    }
  }

  private static Report report(long number, Priority priority) {
    return new Report(
        NodeId.of("worker-1"),
        1,
        number,
        Instant.EPOCH,
        priority,
        true,
        false,
        Verdict.UP,
        List.of(),
        Load.NONE,
        List.<NeighbourReport>of(),
        List.of(),
        Optional.empty());
  }
}
