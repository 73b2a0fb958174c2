package io.elottery.lottery.machine;

import static io.elottery.lottery.machine.DrawParties.AUDITOR;
import static io.elottery.lottery.machine.DrawParties.LEFT;
import static io.elottery.lottery.machine.DrawParties.RIGHT;
import static io.elottery.lottery.machine.Shard.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.PartyTask;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.command.Tick;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.verify.BundleVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrawLifeTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");
  private final DrawRef draw = shard.onSale();

  @Test
  void certifiedDrawHasABundleThatVerifies() {
    buyEveryLine(draw);
    shard.close(draw);
    shard.parties.finish(draw);

    byte[] bundle =
        shard
            .found(new LotteryQuery.BundleOf(draw), LotteryAnswer.BundleFound.class)
            .json()
            .toBytes();

    assertThat(BundleVerifier.verify(bundle, Optional.empty()).checks())
        .allMatch(check -> check.holds());
    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.CERTIFIED);
  }

  @Test
  void prizesAreCreditedAtCertificationAndMoneyIsConserved() {
    buyEveryLine(draw);
    shard.close(draw);
    shard.parties.signAll(draw);
    shard.parties.revealAll(draw);
    assertThat(shard.balance(anna)).isEqualTo(10_000 - 1_200);
    assertThat(shard.money().stakes()).isEqualTo(1_200);

    shard.parties.step(shard.parties.certificate(draw));

    // One line of twelve has all, eight have one of main: 8 × 50 fixed, 600 fund leaves 200.
    assertThat(shard.balance(anna)).isEqualTo(10_000 - 1_200 + 8 * 50 + 200);
    assertThat(shard.money().house()).isEqualTo(600);
    assertThat(shard.money().stakes()).isZero();
    assertThat(shard.money().isConserved()).isTrue();
  }

  @Test
  void unwonJackpotIsCarriedToTheNextDrawOfTheGame() {
    DrawRef last = draw;
    for (int tries = 0; shard.money().carried() == 0 && tries < 20; tries++) {
      last = tries == 0 ? draw : shard.onSale();
      shard.bought(shard.wager(anna, last, line(1, 2, 2)));
      shard.close(last);
      shard.parties.finish(last);
    }
    // Of a stake of 100 the fund is 50; this line wins nothing, one fixed prize of 50, or all.
    assertThat(shard.money().carried()).isEqualTo(50);

    DrawRef next = shard.onSale();
    assertThat(next.id().number()).isEqualTo(last.id().number() + 1);
    assertThat(shard.draw(next).summary().jackpot().minorUnits()).isEqualTo(50);
    shard.close(next);
    shard.parties.finish(next);

    assertThat(shard.draw(next).carriedIn()).isEqualTo(50);
    assertThat(shard.money().carried()).isEqualTo(50);
    assertThat(shard.money().isConserved()).isTrue();
  }

  @Test
  void ticketsTellWhatTheyWon() {
    buyEveryLine(draw);
    shard.close(draw);
    shard.parties.finish(draw);

    var tickets =
        shard
            .found(
                new LotteryQuery.MyTickets(anna, Optional.empty(), 100),
                LotteryAnswer.TicketsFound.class)
            .items();

    assertThat(tickets).filteredOn(ticket -> ticket.state() == TicketState.WON).hasSize(9);
    assertThat(tickets).filteredOn(ticket -> ticket.state() == TicketState.LOST).hasSize(3);
  }

  @Test
  void everyTicketHasAProof() {
    buyEveryLine(draw);
    Receipt receipt = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    assertThat(shard.ask(new LotteryQuery.Proof(draw, receipt.ticket())))
        .isInstanceOf(LotteryAnswer.Unanswered.class);
    shard.close(draw);

    var proof =
        shard.found(new LotteryQuery.Proof(draw, receipt.ticket()), LotteryAnswer.ProofFound.class);

    assertThat(proof.root()).isEqualTo(shard.draw(draw).closing().orElseThrow().root());
    assertThat(
            new InclusionProof(
                    proof.index(),
                    proof.size(),
                    proof.path().stream().map(hash -> hash.toBytes()).toList())
                .proves(receipt.leaf().toBytes(), proof.root().toBytes()))
        .isTrue();
  }

  @Test
  void workOfAPartyIsWhatTheDrawWaitsFor() {
    assertThat(work(RIGHT)).isEmpty();
    DrawRef other = shard.opened(10, Duration.ofHours(1));
    assertThat(work(RIGHT)).containsExactly(PartyTask.Kind.COMMIT);
    shard.close(draw);
    shard.parties.commitAll(other);
    assertThat(work(RIGHT)).containsExactly(PartyTask.Kind.SIGN);
    shard.parties.signAll(draw);
    assertThat(work(RIGHT)).containsExactly(PartyTask.Kind.REVEAL);
    shard.parties.revealAll(draw);
    assertThat(work(RIGHT)).isEmpty();
    assertThat(work(AUDITOR)).containsExactly(PartyTask.Kind.CERTIFY);
  }

  @Test
  void everyStepMayBeRepeated() {
    PartyCommand commit = DrawParties.commit(draw, LEFT);
    assertThat(repeated(commit)).isTrue();
    shard.close(draw);
    PartyCommand sign = shard.parties.signature(draw, LEFT);
    shard.parties.signAll(draw);
    assertThat(repeated(sign)).isTrue();
    shard.parties.revealAll(draw);
    assertThat(repeated(DrawParties.reveal(draw, LEFT))).isTrue();
    PartyCommand certify = shard.parties.certificate(draw);
    shard.parties.step(certify);
    assertThat(repeated(certify)).isTrue();
    assertThat(shard.money().isConserved()).isTrue();
  }

  @Test
  void commitmentIsForGood() {
    PartyCommand other = new PartyCommand.CommitShare(draw, LEFT, Shard.hash("other"));

    assertThat(shard.refused(other).code()).isEqualTo(RefusalCode.COMMIT_DIFFERS);
  }

  @Test
  void noShareIsTakenBeforeAllSigned() {
    assertThat(shard.refused(DrawParties.reveal(draw, LEFT)).code())
        .isEqualTo(RefusalCode.STEP_MISSING);
    shard.close(draw);
    shard.parties.step(shard.parties.signature(draw, LEFT));
    shard.parties.step(shard.parties.signature(draw, AUDITOR));

    var refusal = shard.refused(DrawParties.reveal(draw, LEFT));

    assertThat(refusal.code()).isEqualTo(RefusalCode.STEP_MISSING);
    assertThat(refusal.detail()).contains("[RIGHT]");
    assertThat(shard.draw(draw).parties()).allMatch(steps -> steps.share().isEmpty());
  }

  @Test
  void shareMustBeTheOneCommittedTo() {
    shard.close(draw);
    shard.parties.signAll(draw);

    assertThat(shard.refused(new PartyCommand.RevealShare(draw, LEFT, Shard.hash("other"))).code())
        .isEqualTo(RefusalCode.SHARE_DIFFERS);
  }

  @Test
  void signatureMustHold() {
    shard.close(draw);
    PartyCommand.SignClose lefts = shard.parties.signature(draw, LEFT);
    PartyCommand forged =
        new PartyCommand.SignClose(draw, RIGHT, lefts.size(), lefts.root(), lefts.signature());

    assertThat(shard.refused(forged).code()).isEqualTo(RefusalCode.SIGNATURE_BROKEN);
    assertThat(shard.draw(draw).phase()).isEqualTo(DrawState.CLOSED);
  }

  @Test
  void partyThatSignsAnotherRootStopsTheDraw() {
    shard.close(draw);
    byte[] other = Sha256.of(new byte[] {1});

    var refusal = shard.refused(DrawParties.signature(draw, RIGHT, 0, other));

    assertThat(refusal.code()).isEqualTo(RefusalCode.ROOT_DIFFERS);
    assertThat(shard.draw(draw).phase()).isEqualTo(DrawState.DISPUTED);
    assertThat(shard.draw(draw).reason()).contains("RIGHT");
    assertThat(shard.refused(shard.parties.signature(draw, LEFT)).code())
        .isEqualTo(RefusalCode.WRONG_STATE);
  }

  @Test
  void onlyTheAuditorsOwnCountCertifies() {
    shard.close(draw);
    shard.parties.signAll(draw);
    shard.parties.revealAll(draw);
    PartyCommand.CertifyDraw good = shard.parties.certificate(draw);

    assertThat(
            shard
                .refused(new PartyCommand.CertifyDraw(draw, LEFT, good.at(), good.signature()))
                .code())
        .isEqualTo(RefusalCode.NOT_ALLOWED);
    assertThat(
            shard
                .refused(
                    new PartyCommand.CertifyDraw(
                        draw, AUDITOR, good.at().plusMillis(1), good.signature()))
                .code())
        .isEqualTo(RefusalCode.SIGNATURE_BROKEN);
  }

  @Test
  void disputePaysNothing() {
    buyEveryLine(draw);
    shard.close(draw);
    shard.parties.signAll(draw);
    shard.parties.revealAll(draw);
    byte[] text =
        ("elottery/dispute/v1\n" + draw + "\nwinners differ\n").getBytes(StandardCharsets.UTF_8);

    shard.parties.step(
        new PartyCommand.DisputeDraw(
            draw, AUDITOR, "winners differ", DrawParties.sign(AUDITOR, text)));

    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.DISPUTED);
    assertThat(shard.balance(anna)).isEqualTo(8_800);
    assertThat(shard.money().stakes()).isEqualTo(1_200);
    assertThat(shard.refused(shard.parties.certificate(draw)).code())
        .isEqualTo(RefusalCode.WRONG_STATE);
  }

  @Test
  void drawThatWaitsForLongSaysForWhom() {
    shard.close(draw);
    shard.parties.step(shard.parties.signature(draw, LEFT));
    shard.parties.step(shard.parties.signature(draw, AUDITOR));
    assertThat(shard.nextWake()).contains(shard.now.plus(Duration.ofMinutes(5)));
    shard.pass(Duration.ofMinutes(5));
    shard.run(new Tick());

    DrawDetail stalled = shard.draw(draw);
    assertThat(stalled.summary().state()).isEqualTo(DrawState.STALLED);
    assertThat(stalled.summary().waitingFor()).containsExactly(RIGHT);
    assertThat(stalled.phase()).isEqualTo(DrawState.CLOSED);

    shard.parties.step(shard.parties.signature(draw, RIGHT));
    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.REVEALING);
  }

  private List<PartyTask.Kind> work(PartyName party) {
    return shard
        .found(new LotteryQuery.PartyWork(Shard.TOR, party), LotteryAnswer.WorkFound.class)
        .tasks()
        .stream()
        .map(PartyTask::kind)
        .toList();
  }

  private boolean repeated(PartyCommand command) {
    return shard.done(command, LotteryReply.StepRecorded.class).repeated();
  }

  private void buyEveryLine(DrawRef in) {
    for (int one = 1; one <= 4; one++) {
      for (int two = one + 1; two <= 4; two++) {
        for (int bonus = 1; bonus <= 2; bonus++) {
          shard.bought(shard.wager(anna, in, line(one, two, bonus)));
        }
      }
    }
  }
}
