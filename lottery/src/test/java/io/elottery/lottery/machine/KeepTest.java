package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long actors stay answerable. */
class KeepTest {
  private static final Duration KEEP = Duration.ofDays(400);

  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");

  private DrawRef certified(PlayerId player) {
    DrawRef draw = shard.onSale(10, Duration.ofMinutes(1));
    shard.bought(shard.quickPick(player, draw, 2));
    shard.close(draw);
    shard.parties.finish(draw);
    return draw;
  }

  private int forgotten() {
    return shard.done(new ForgetEnded(KEEP), LotteryReply.Ticked.class).happened();
  }

  @Test
  void anActorAnswersAfterAnHourInWhichNobodyAddressedIt() {
    DrawRef draw = shard.onSale(10, Duration.ofHours(3));
    shard.pass(Duration.ofHours(1));

    assertThat(shard.bought(shard.quickPick(anna, draw, 1)).repeated()).isFalse();
    assertThat(shard.draw(draw).summary().sold()).isEqualTo(1);
  }

  @Test
  void whatEndedIsAnswerableUntilItsTimeIsOverThenGoesWithItsTickets() {
    DrawRef old = certified(anna);
    shard.pass(KEEP.minusDays(1));
    PlayerId bert = shard.player("bert");
    DrawRef young = certified(bert);
    assertThat(forgotten()).isZero();
    assertThat(shard.draw(old).outcome()).isPresent();
    assertThat(shard.machine.nextForget(KEEP)).isPresent();

    shard.pass(Duration.ofDays(2));
    assertThat(forgotten()).isEqualTo(1);

    assertThat(shard.ask(new LotteryQuery.GetDraw(old)))
        .isInstanceOf(LotteryAnswer.Unanswered.class);
    assertThat(shard.draw(young).outcome()).isPresent();
    assertThat(tickets(anna)).isZero();
    assertThat(tickets(bert)).isEqualTo(1);
    assertThat(shard.machine.check()).allMatch(MoneyBalance::isConserved);
  }

  private int tickets(PlayerId player) {
    return shard
        .found(
            new LotteryQuery.MyTickets(player, Optional.empty(), 10),
            LotteryAnswer.TicketsFound.class)
        .items()
        .size();
  }

  @Test
  void theStateIsTheSameWithAndWithoutASnapshotBetween() throws MalformedMessage {
    certified(anna);
    shard.pass(KEEP.plusDays(1));
    LotteryMachine twin = new LotteryMachine();
    twin.restore(shard.machine.snapshot());

    byte[] command = new ForgetEnded(KEEP).encode();
    assertThat(twin.execute(shard.now, new byte[32], 0, command))
        .isEqualTo(shard.machine.execute(shard.now, new byte[32], 0, command));
    assertThat(twin.snapshot()).isEqualTo(shard.machine.snapshot());
    assertThat(twin.census().draws().actors()).isZero();
  }

  @Test
  void lessThanThreeWeeksIsRefused() {
    assertThat(shard.refused(new ForgetEnded(Duration.ofDays(20))))
        .returns(RefusalCode.INVALID, Refusal::code);
  }
}
