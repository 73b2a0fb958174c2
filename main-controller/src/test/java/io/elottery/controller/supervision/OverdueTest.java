package io.elottery.controller.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Rejections;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.triage.Question;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that two neighbours watch is probed half as often, and at once when they miss it. */
class OverdueTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration ANSWERED = Duration.ofMillis(250);
  private static final Duration MOMENT = Duration.ofMillis(120);
  private static final Duration A_PROBE_IS_OLD = Duration.ofMillis(250);

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station one = wire.station("worker-1", Role.WORKER);
  private final Wire.Station two = wire.station("worker-2", Role.WORKER);
  private final Wire.Station three = wire.station("worker-3", Role.WORKER);
  private final Wire.Station stranger = wire.station("worker-4", Role.WORKER);
  private final Wire.Station gateway = wire.station("web-1", Role.GATEWAY);
  private final Hemispheres halves = new Hemispheres(main.id);
  private final RegistrySession session = new RegistrySession(wire);
  private final Supervisor supervisor =
      new Supervisor(
          new Supervisor.Ports(
              main.board,
              main.loop,
              halves,
              session,
              address -> CompletableFuture.completedFuture(false),
              List.of(),
              id -> Optional.empty(),
              (judgement, fence) -> {}),
          SupervisionConfig.from(ConfigSource.of(Map.of())));
  private int probes;
  private boolean silent;

  @BeforeEach
  void start() {
    halves.add(supervisor);
    for (Wire.Station worker : List.of(one, two, three, stranger)) {
      worker.board.serve(
          ReportsKinds.PROBE,
          (from, request, answer) -> {
            probes += worker == one ? 1 : 0;
            if (worker != one || !silent) {
              answer.reply(new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0]));
            }
          });
      worker.board.serve(
          ReportsKinds.ASK, (from, request, answer) -> answer.reply(Question.answer(!silent)));
    }
    supervisor.start();
    supervisor.watch(
        List.of(
            worker("worker-1", two.id, three.id),
            worker("worker-2", one.id),
            worker("worker-3", one.id),
            worker("worker-4")));
    List.of(one, two, three, stranger).forEach(worker -> supervisor.connected(worker.peer));
    session.changed(RegistryState.CONNECTED);
    halves.elected(Hemisphere.LEFT, 1);
    wire.pass(Duration.ofSeconds(3));
    afterAProbe();
  }

  // A round that leaves the worker out comes next, half a second after that probe.
  private void afterAProbe() {
    int before = probes;
    while (probes == before) {
      wire.pass(Duration.ofMillis(10));
    }
    probes = 0;
  }

  @Test
  void whoIsWatchedIsProbedEverySecondRound() {
    wire.pass(Duration.ofSeconds(4));

    assertThat(probes).isEqualTo(4);
  }

  @Test
  void whoLosesAWatcherIsProbedInEveryRound() {
    supervisor.disconnected(three.peer);
    wire.pass(Duration.ofSeconds(4));

    assertThat(probes).isEqualTo(8);
  }

  @Test
  void anOverdueImpulseIsAProbeAtOnce() {
    wire.pass(A_PROBE_IS_OLD);
    misses(two);
    wire.pass(SOON);

    assertThat(probes).isEqualTo(1);
  }

  @Test
  void manyWhoMissItBringOneProbe_andOneWhoGoesOnFiveASecond() {
    wire.pass(A_PROBE_IS_OLD);
    misses(two);
    misses(three);
    misses(two);
    wire.pass(SOON);
    assertThat(probes).isEqualTo(1);

    for (int i = 0; i < 100; i++) {
      misses(two);
      wire.pass(Duration.ofMillis(10));
    }
    assertThat(probes).isBetween(4, 8);
  }

  @Test
  void onlyNeighboursBringProbes() {
    long malformed = main.board.rejections().count(Rejections.Why.MALFORMED);
    wire.pass(A_PROBE_IS_OLD);
    misses(stranger);
    misses(gateway);
    wire.pass(SOON);

    assertThat(probes).isZero();
    assertThat(main.board.rejections().count(Rejections.Why.MALFORMED)).isEqualTo(malformed + 1);
  }

  @Test
  void aSilentWorkerIsDownSoonerThanByTheNextProbe() {
    silent = true;
    wire.pass(Duration.ofMillis(560)); // the round that leaves it out is over
    misses(two);
    wire.pass(ANSWERED);
    assertThat(verdict()).as("it may be taken back").isNotEqualTo(Verdict.DOWN);
    wire.pass(MOMENT);

    assertThat(verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void whoSaidItIsSilentTakesItBack() {
    silent = true;
    wire.pass(Duration.ofMillis(560));
    misses(two);
    wire.pass(ANSWERED);
    two.board.send(main.id, new Overdue(ONE, false).envelope());
    wire.pass(MOMENT);

    assertThat(verdict()).isNotEqualTo(Verdict.DOWN);
  }

  @Test
  void whatIsSaidOfALivingWorkerChangesNothing() {
    for (int i = 0; i < 100; i++) {
      misses(two);
      misses(three);
      wire.pass(Duration.ofMillis(50));

      assertThat(verdict()).isEqualTo(Verdict.UP);
    }
  }

  private void misses(Wire.Station neighbour) {
    neighbour.board.send(main.id, new Overdue(ONE, true).envelope());
  }

  private Verdict verdict() {
    return supervisor.judgement(ONE).orElseThrow().verdict();
  }

  private static RosterWorker worker(String name, NodeId... neighbours) {
    return new RosterWorker(
        NodeId.of(name), Hemisphere.LEFT, Optional.empty(), Optional.empty(), List.of(neighbours));
  }
}
