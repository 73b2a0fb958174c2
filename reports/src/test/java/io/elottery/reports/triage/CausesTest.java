package io.elottery.reports.triage;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Why a worker is not simply UP or DOWN: what hides it, that it is slow, that it comes and goes.
 */
class CausesTest {
  private static final NodeId W1 = NodeId.of("worker-1");
  private static final NodeId W2 = NodeId.of("worker-2");
  private static final NodeId W3 = NodeId.of("worker-3");
  private static final NodeId W4 = NodeId.of("worker-4");

  private final Ward ward = new Ward(4);

  @Test
  void aMainThatHearsNobodyCallsNobodyDownAndNamesWhatHidesThem() {
    ward.allWell(5_000);

    ward.pass(20_000, 5);

    assertThat(ward.triage.judgements().values())
        .allMatch(judgement -> judgement.verdict() == Verdict.UNKNOWN)
        .allMatch(judgement -> judgement.behind().orElse("").equals("hemisphere LEFT"));
  }

  @Test
  void aWorkerWhoseObserversAreNotHeardIsUnknownBehindThem() {
    ward.allWell(5_000);

    ward.pass(20_000, 4);

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UNKNOWN);
    assertThat(ward.judgement(W1).behind()).contains("worker-2, worker-3");
    assertThat(ward.verdict(W4)).isEqualTo(Verdict.UP);
  }

  @Test
  void aWholeDataCentreThatIsNotHeardIsNamedBeforeItsServers() {
    Ward spread = new Ward(4, 3);
    spread.allWell(5_000);

    spread.pass(20_000, 4);

    assertThat(spread.verdict(W1)).isEqualTo(Verdict.UNKNOWN);
    assertThat(spread.judgement(W1).behind()).contains("data centre east");
  }

  @Test
  void anUnansweredProbeAndNeighboursWhoLookedAgainAreEnough() {
    ward.allWell(5_000);
    ward.sleep(600);

    ward.see(W1, Sighting.Kind.MISSED);
    ward.testify(W2, W1, false);
    assertThat(ward.judge()).isEmpty();
    ward.testify(W3, W1, false);
    ward.judge();
    assertThat(ward.verdict(W1)).as("they may take it back").isEqualTo(Verdict.UP);
    ward.sleep(101);
    ward.judge();

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
    assertThat(ward.judgement(W1).because()).contains("worker-3 was asked and got no answer");
  }

  @Test
  void aProcessThatHasJustBegunIsNotGivenUpBeforeItAnsweredOnce() {
    ward.allWell(5_000);
    ward.see(W1, Sighting.Kind.CLOSED);
    ward.see(W1, Sighting.Kind.CONNECTED);
    ward.sleep(600);
    silentWhenAsked();
    ward.sleep(200);
    ward.judge();
    assertThat(ward.verdict(W1)).as("it may be slow to begin").isEqualTo(Verdict.SUSPECT);

    ward.answer(W1, 5);
    ward.sleep(600);
    silentWhenAsked();
    ward.sleep(110);
    ward.judge();

    assertThat(ward.verdict(W1)).as("it answered, and does no more").isEqualTo(Verdict.DOWN);
  }

  @Test
  void whoAnsweredLateJustBeforeIsGivenThatMuchLonger() {
    ward.allWell(5_000);
    ward.answer(W1, 400);
    ward.answer(W1, 1);
    ward.sleep(700);
    silentWhenAsked();
    ward.sleep(110);
    ward.judge();
    assertThat(ward.verdict(W1)).as("0.8 s").isEqualTo(Verdict.SUSPECT);

    ward.sleep(600);
    silentWhenAsked();
    ward.judge();

    assertThat(ward.verdict(W1)).as("1.4 s").isEqualTo(Verdict.DOWN);
  }

  private void silentWhenAsked() {
    ward.see(W1, Sighting.Kind.MISSED);
    ward.seeAllBut(W1);
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, false);
    ward.testify(W4, W1, false);
    ward.judge();
  }

  @Test
  void whoTakesItBackInTimeSavesIt() {
    ward.allWell(5_000);
    ward.sleep(600);

    ward.see(W1, Sighting.Kind.MISSED);
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, false);
    ward.judge();
    ward.sleep(50);
    ward.testify(W3, W1, true);
    ward.sleep(101);
    ward.judge();

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
  }

  @Test
  void oneNeighbourWhoHearsItIsBelievedBeforeTheProbe() {
    ward.allWell(5_000);
    ward.sleep(600);

    ward.see(W1, Sighting.Kind.MISSED);
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, true);
    ward.testify(W4, W1, true);
    ward.judge();

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
  }

  @Test
  void manyUnansweredProbesAtOnceAreNotManyDeaths() {
    ward.allWell(5_000);
    ward.sleep(600);

    for (NodeId each : new NodeId[] {W1, W2, W3}) {
      ward.see(each, Sighting.Kind.MISSED);
      ward.testify(W4, each, false);
    }
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, false);
    ward.judge();

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void whoWasMissedAndLivedIsRememberedAgainstTheProbes() {
    ward.allWell(5_000);
    for (NodeId each : new NodeId[] {W2, W3}) {
      ward.see(each, Sighting.Kind.MISSED);
      ward.see(each, Sighting.Kind.ANSWERED);
    }
    ward.sleep(600);

    missedByAll();
    Verdict inTheStorm = ward.verdict(W1);
    ward.allWell(10_000);
    ward.sleep(600);
    missedByAll();
    ward.sleep(101);
    ward.judge();

    assertThat(inTheStorm).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aFarWorkerIsOwedItsWayBeforeItIsSilent() {
    ward.allWell(5_000);
    ward.triage.observe(
        new Sighting(W1, Sighting.Kind.ANSWERED, Duration.ofMillis(200)), ward.now());
    ward.sleep(600);

    missedByAll();
    ward.sleep(99);
    ward.judge();
    Verdict early = ward.verdict(W1);
    ward.sleep(200);
    ward.judge();
    Verdict tooSoon = ward.verdict(W1);
    ward.sleep(1);
    ward.judge();

    assertThat(early).isEqualTo(Verdict.SUSPECT);
    assertThat(tooSoon).as("it may be taken back from afar").isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void inAStormTheDeadAreGivenTwiceTheTime() {
    ward.allWell(5_000);
    ward.silence(W1);
    for (int i = 0; i < 8; i++) {
      for (NodeId each : new NodeId[] {W2, W3}) {
        ward.see(each, Sighting.Kind.MISSED);
        ward.see(each, Sighting.Kind.ANSWERED);
      }
      ward.pass(1_000, 2);
    }
    Verdict inTheStorm = ward.verdict(W1);

    ward.pass(3_000, 2);

    assertThat(inTheStorm).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void anAnswerOfSomeTimeAgoIsNoAnswerOnThisProbe() {
    ward.allWell(5_000);
    ward.see(W1, Sighting.Kind.MISSED);
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, false);
    ward.sleep(1_100);

    ward.judge();

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void threeTimesItsUsualRoundTripForTenSecondsIsSlow() {
    ward.allWell(5_000);
    answers(300, 8);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);

    answers(21, 90);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.SLOW);
    assertThat(ward.judgement(W1).because()).contains("a probe's round trip takes 90.0 ms since");

    answers(1, 9);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
  }

  @Test
  void whoComesAndGoesIsNamedAndNotUpBeforeSomeCalm() {
    ward.allWell(5_000);
    for (int fall = 0; fall < 3; fall++) {
      ward.see(W1, Sighting.Kind.CLOSED);
      ward.see(W1, Sighting.Kind.REFUSED);
      for (int by = 2; by <= 4; by++) {
        ward.say(by, W1, Trust.SUSPECT, true);
      }
      ward.judge();
      assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
      ward.allWell(1_000);
    }

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.judgement(W1).because()).contains("flapping: given up 3 times since");
    ward.allWell(6_000);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
  }

  @Test
  void evidenceSaysWhen() {
    ward.allWell(5_000);
    ward.silence(W1);
    ward.pass(4_000, 2);

    assertThat(ward.judgement(W1).because())
        .contains("LEFT last heard it 1970-01-01T00:16:44.500Z (4.0 s ago)")
        .contains("worker-2 has not heard it since 1970-01-01T00:16:45");
  }

  private void missedByAll() {
    ward.see(W1, Sighting.Kind.MISSED);
    ward.testify(W2, W1, false);
    ward.testify(W3, W1, false);
    ward.judge();
  }

  private void answers(int times, long millis) {
    for (int i = 0; i < times; i++) {
      ward.triage.observe(
          new Sighting(W1, Sighting.Kind.ANSWERED, Duration.ofMillis(millis)), ward.now());
      ward.pass(500, 2);
    }
  }
}
