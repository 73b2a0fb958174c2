package io.elottery.reports.triage;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriageTest {
  private static final NodeId W1 = NodeId.of("worker-1");

  private final Ward ward = new Ward(4);

  @Test
  void aWorkerNobodyHeardYetIsUnknown() {
    ward.pass(10_000, 2);

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aWorkerThatMainAndNeighboursHearIsUp() {
    ward.allWell(5_000);

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
    assertThat(ward.judgement(W1).evidence()).hasSize(4).allMatch(this::isHeard);
  }

  @Test
  void closedAndRefusedByMostIsDownAtOnce() {
    ward.allWell(5_000);

    ward.see(W1, Sighting.Kind.CLOSED);
    ward.see(W1, Sighting.Kind.REFUSED);
    ward.say(2, W1, Trust.SUSPECT, true);
    ward.say(3, W1, Trust.SUSPECT, true);
    List<Judgement> changed = ward.judge();

    assertThat(changed).hasSize(1);
    assertThat(changed.get(0).verdict()).isEqualTo(Verdict.DOWN);
    assertThat(changed.get(0).because())
        .contains("LEFT: its trunk is closed and its address refuses connections")
        .contains("worker-2: link closed and reconnect refused since");
  }

  @Test
  void silentForMostIsSuspectAndThenDownWithinTheBound() {
    ward.allWell(5_000);

    ward.silence(W1);
    ward.pass(2_500, 2);
    Verdict early = ward.verdict(W1);
    ward.pass(3_000, 2);

    assertThat(early).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void whomMainHeardOnceWhileItWasDoubtedIsNotDeadYet() {
    ward.allWell(5_000);
    ward.silence(W1);
    ward.pass(4_500, 2);

    ward.see(W1, Sighting.Kind.ANSWERED);
    ward.pass(3_500, 2);
    Verdict doubted = ward.verdict(W1);
    ward.pass(2_000, 2);

    assertThat(doubted).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void oldWordsDoubtAWorkerAndDoNotKillIt() {
    ward.allWell(5_000);
    ward.silence(W1);
    ward.pass(2_500, 2);

    for (int i = 0; i < 12; i++) {
      ward.sleep(250);
      ward.seeAllBut(W1);
      ward.judge();
    }
    Verdict onOldWords = ward.verdict(W1);
    ward.say(2, W1, Trust.DEAD, false);
    ward.say(3, W1, Trust.DEAD, false);
    ward.judge();

    assertThat(onOldWords).isEqualTo(Verdict.SUSPECT);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aWorkerThatMostNeighboursHearIsDeafNotDown() {
    ward.allWell(5_000);

    ward.see(W1, Sighting.Kind.CLOSED);
    ward.deafen(W1);
    ward.pass(20_000, 2);

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.DEAF);
  }

  @Test
  void aWorkerThatMainHearsIsNeverWorseThanSuspect() {
    ward.allWell(5_000);
    for (int by = 2; by <= 4; by++) {
      ward.say(by, W1, Trust.DEAD, false);
    }

    ward.pass(4_000, 1);

    assertThat(ward.verdict(W1)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void mainThatWasLateItselfCallsNobodyDown() {
    ward.allWell(5_000);

    ward.sleep(60_000);
    ward.judge();

    assertThat(ward.triage.judgements().values())
        .noneMatch(judgement -> judgement.verdict() == Verdict.DOWN);
  }

  @Test
  void anInheritedDownStaysUntilTheWorkerIsHeard() {
    ward.triage.inherit(ward.down(W1));
    ward.pass(8_000, 2);
    Verdict before = ward.verdict(W1);

    ward.allWell(1_000);

    assertThat(before).isEqualTo(Verdict.DOWN);
    assertThat(ward.verdict(W1)).isEqualTo(Verdict.UP);
  }

  @Test
  void neighboursThatDiedWithItCastNoVote() {
    ward.allWell(5_000);

    for (int each = 1; each <= 4; each++) {
      ward.see(NodeId.of("worker-" + each), Sighting.Kind.CLOSED);
      ward.see(NodeId.of("worker-" + each), Sighting.Kind.REFUSED);
    }
    ward.pass(2_500, 5);

    assertThat(ward.triage.judgements().values())
        .allMatch(judgement -> judgement.verdict() == Verdict.DOWN);
  }

  private boolean isHeard(Evidence piece) {
    return piece.claim() == Evidence.Claim.HEARD;
  }
}
