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
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private static final NodeId W1 = NodeId.of("worker-1");

  private final Wire wire = new Wire();
  private final Wire.Station left = wire.station("main-1", Role.MAIN);
  private final Wire.Station right = wire.station("main-2", Role.MAIN);
  private final Wire.Station worker = wire.station("worker-1", Role.WORKER);
  private final Hemispheres leftHalves = new Hemispheres(left.id);
  private final Hemispheres rightHalves = new Hemispheres(right.id);
  private final RegistrySession leftSession = new RegistrySession(wire);
  private final RegistrySession rightSession = new RegistrySession(wire);
  private final List<String> verdicts = new ArrayList<>();
  private boolean refuses;
  private final Supervisor leftEyes = supervisor(left, leftHalves, leftSession, right.id);
  private final Supervisor rightEyes = supervisor(right, rightHalves, rightSession, left.id);

  private Supervisor supervisor(
      Wire.Station at, Hemispheres halves, RegistrySession session, NodeId other) {
    Supervisor supervisor =
        new Supervisor(
            new Supervisor.Ports(
                at.board,
                at.loop,
                halves,
                session,
                address -> CompletableFuture.completedFuture(refuses),
                List.of(other),
                id -> Optional.of(Address.parse("h:1")),
                (judgement, fence) -> verdicts.add(judgement.verdict() + " under " + fence)),
            SupervisionConfig.from(ConfigSource.of(Map.of())));
    halves.add(supervisor);
    return supervisor;
  }

  @BeforeEach
  void start() {
    worker.board.serve(
        ReportsKinds.PROBE,
        (from, request, answer) ->
            answer.reply(new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0])));
    List<RosterWorker> roster =
        List.of(
            new RosterWorker(W1, Hemisphere.LEFT, Optional.empty(), Optional.empty(), List.of()));
    for (Supervisor each : List.of(leftEyes, rightEyes)) {
      each.start();
      each.watch(roster);
      each.connected(worker.peer);
    }
    leftSession.changed(RegistryState.CONNECTED);
    rightSession.changed(RegistryState.CONNECTED);
    leftHalves.elected(Hemisphere.LEFT, 5);
    wire.pass(Duration.ofSeconds(3));
  }

  @Test
  void aProbedWorkerIsUpAndTheOtherMainKnowsIt() {
    assertThat(verdicts).containsExactly("UP under 5");
    assertThat(judged(rightEyes)).isEqualTo(Verdict.UP);
  }

  @Test
  void aClosedTrunkAndARefusedConnectionAreDownAtOnce() {
    kill();
    wire.pass(Duration.ofMillis(20));

    assertThat(judged(leftEyes)).isEqualTo(Verdict.DOWN);
    assertThat(judged(rightEyes)).isEqualTo(Verdict.DOWN);
    assertThat(verdicts).last().isEqualTo("DOWN under 5");
  }

  @Test
  void socketsThatCloseOneAfterTheOtherAreLookedAtAgain() {
    worker.cut = true;
    leftEyes.disconnected(worker.peer);
    wire.pass(Duration.ofMillis(20));
    refuses = true;
    wire.pass(Duration.ofMillis(30));

    assertThat(judged(leftEyes)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aWorkerThatStopsAnsweringIsDownWithinTheBound() {
    worker.cut = true;
    wire.pass(Duration.ofMillis(5_800));

    assertThat(verdicts).containsExactly("UP under 5", "SUSPECT under 5", "DOWN under 5");
  }

  @Test
  void aSubstituteGoesOnWithTheVerdictItWasTold() {
    kill();
    wire.pass(Duration.ofMillis(20));
    left.cut = true;
    verdicts.clear();

    rightHalves.elected(Hemisphere.LEFT, 6);
    wire.pass(Duration.ofSeconds(5));

    assertThat(judged(rightEyes)).isEqualTo(Verdict.DOWN);
    assertThat(verdicts).isEmpty();
  }

  @Test
  void whileTheSessionIsInDoubtItJudgesOnAndOrdersOnlyWhenItIsSureAgain() {
    leftSession.changed(RegistryState.SUSPENDED);
    kill();
    wire.pass(Duration.ofSeconds(1));

    assertThat(judged(rightEyes)).isEqualTo(Verdict.DOWN);
    assertThat(verdicts).containsExactly("UP under 5");

    leftSession.changed(RegistryState.CONNECTED);
    wire.pass(Duration.ofSeconds(1));

    assertThat(verdicts).containsExactly("UP under 5", "DOWN under 5");
  }

  @Test
  void withTheRegistryAwayEveryMainJudgesUnderNoFence_andTheNextLeaderOrders() {
    registryGoes();
    kill();
    wire.pass(Duration.ofSeconds(5));

    assertThat(judged(leftEyes)).isEqualTo(Verdict.DOWN);
    assertThat(judged(rightEyes)).isEqualTo(Verdict.DOWN);
    assertThat(rightHalves.lead(Hemisphere.LEFT)).isEmpty();
    assertThat(verdicts).containsExactly("UP under 5");

    leftSession.changed(RegistryState.CONNECTED);
    rightSession.changed(RegistryState.CONNECTED);
    wire.pass(Duration.ofSeconds(2));
    rightHalves.elected(Hemisphere.LEFT, 6);
    wire.pass(Duration.ofSeconds(2));

    assertThat(verdicts).containsExactly("UP under 5", "DOWN under 6");
  }

  private void registryGoes() {
    leftSession.changed(RegistryState.SUSPENDED);
    rightSession.changed(RegistryState.SUSPENDED);
    wire.pass(Duration.ofSeconds(2));
    leftSession.changed(RegistryState.LOST);
    rightSession.changed(RegistryState.LOST);
    leftHalves.deposed(Hemisphere.LEFT, "the session is lost");
    wire.pass(Duration.ofSeconds(3));
  }

  @Test
  void anOldLeadersShareIsIgnored() {
    rightHalves.elected(Hemisphere.LEFT, 9);
    wire.settle();

    assertThat(leftHalves.acts(Hemisphere.LEFT)).isTrue();
    wire.pass(Duration.ofSeconds(2));

    assertThat(leftHalves.acts(Hemisphere.LEFT)).isFalse();
    assertThat(rightHalves.acts(Hemisphere.LEFT)).isTrue();
  }

  private void kill() {
    worker.cut = true;
    refuses = true;
    leftEyes.disconnected(worker.peer);
    rightEyes.disconnected(worker.peer);
  }

  private static Verdict judged(Supervisor eyes) {
    return Optional.ofNullable(eyes.judgements().get(W1)).orElseThrow().verdict();
  }
}
