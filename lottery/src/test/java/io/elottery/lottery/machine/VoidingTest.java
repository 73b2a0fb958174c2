package io.elottery.lottery.machine;

import static io.elottery.lottery.machine.DrawParties.AUDITOR;
import static io.elottery.lottery.machine.DrawParties.LEFT;
import static io.elottery.lottery.machine.DrawParties.RIGHT;
import static io.elottery.lottery.machine.Shard.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.Tick;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.shares.SealedShare;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stalled draw ends without numbers only when two officers and all other parties say so. */
class VoidingTest {
  private static final String REASON = "RIGHT lost its secret";
  private static final Octets APPROVAL = Shard.hash("what two officers approved");

  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");
  private final DrawRef draw = shard.onSale();

  @Test
  void stalledDrawIsVoidedAndStakesGoBack() {
    closeAndStall(LEFT, AUDITOR);

    shard.done(voiding(LEFT, AUDITOR), LotteryReply.DrawAccepted.class);

    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.VOID);
    assertThat(shard.draw(draw).reason()).isEqualTo(REASON);
    assertThat(shard.balance(anna)).isEqualTo(10_000);
    assertThat(shard.money().isConserved()).isTrue();
    assertThat(shard.done(voiding(LEFT, AUDITOR), LotteryReply.DrawAccepted.class).repeated())
        .isTrue();
  }

  @Test
  void everyPartyThatDoesNotWithholdMustAgree() {
    closeAndStall(LEFT, AUDITOR);

    var refused = shard.refused(voiding(LEFT, RIGHT));

    assertThat(refused.code()).isEqualTo(RefusalCode.STEP_MISSING);
    assertThat(refused.detail()).contains("AUDITOR has not");
    assertThat(shard.balance(anna)).isEqualTo(9_900);
  }

  @Test
  void consentToOtherWordsIsNone() {
    closeAndStall(LEFT, AUDITOR);
    DrawCommand.VoidDraw agreed = voiding(LEFT, AUDITOR);

    var other =
        new DrawCommand.VoidDraw(draw, "another reason", agreed.approval(), agreed.consents());

    assertThat(shard.refused(other).code()).isEqualTo(RefusalCode.STEP_MISSING);
  }

  @Test
  void drawThatIsNotStalledIsNotVoided() {
    sell();
    assertThat(shard.refused(voiding(LEFT, AUDITOR, RIGHT)).code())
        .isEqualTo(RefusalCode.WRONG_STATE);

    shard.close(draw);
    assertThat(shard.refused(voiding(LEFT, AUDITOR, RIGHT)).code())
        .isEqualTo(RefusalCode.WRONG_STATE);
  }

  @Test
  void drawWithNumbersIsNeverVoided() {
    sell();
    shard.close(draw);
    shard.parties.signAll(draw);
    shard.parties.revealAll(draw);
    shard.pass(Duration.ofMinutes(5));
    shard.run(new Tick());
    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.STALLED);

    var refused = shard.refused(voiding(LEFT, AUDITOR, RIGHT));

    assertThat(refused.code()).isEqualTo(RefusalCode.WRONG_STATE);
    assertThat(refused.detail()).contains("with numbers");
  }

  private void sell() {
    shard.bought(shard.wager(anna, draw, line(1, 2, 1)));
  }

  private void closeAndStall(PartyName... signing) {
    sell();
    shard.close(draw);
    Stream.of(signing).forEach(party -> shard.parties.step(shard.parties.signature(draw, party)));
    shard.pass(Duration.ofMinutes(5));
    shard.run(new Tick());
    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.STALLED);
  }

  private DrawCommand.VoidDraw voiding(PartyName... agreeing) {
    byte[] text = SealedShare.voidText(draw.toString(), APPROVAL.toBytes(), REASON);
    List<VoidConsent> consents =
        Stream.of(agreeing)
            .map(party -> new VoidConsent(party, DrawParties.sign(party, text)))
            .toList();
    return new DrawCommand.VoidDraw(draw, REASON, APPROVAL, consents);
  }
}
