package io.elottery.lottery.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.command.ForeignCommand.ConfirmForeign;
import io.elottery.lottery.command.ForeignCommand.ReleaseForeign;
import io.elottery.lottery.command.ForeignCommand.SealForeign;
import io.elottery.lottery.command.ForeignCommand.SettleForeign;
import io.elottery.lottery.command.ForeignCommand.WithdrawForeign;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Only an answer about what was asked settles an errand; any other leaves it open. */
class ForeignErrandTest {
  private static final PlayerId ANNA = PlayerId.parse("TORC0001");
  private static final DrawRef DRAW = DrawRef.parse("mini:OTWM211126");
  private static final DrawRef OTHER_DRAW = DrawRef.parse("mini:OTWM221126");
  private static final RequestKey KEY = RequestKey.of("key-1");
  private static final TicketId TICKET = TicketId.of(ANNA, DRAW, KEY);
  private static final TicketId OTHER = TicketId.of(ANNA, DRAW, RequestKey.of("key-2"));
  private static final Money STAKE = Money.of(100, "CAD");
  private static final Refusal WHY = new Refusal(RefusalCode.DRAW_FULL, "draw", "sold");

  private final ForeignErrand seal =
      new ForeignErrand("seal", new SealForeign(ANNA, DRAW, new Wager.QuickPick(1), KEY, STAKE));
  private final ForeignErrand withdraw =
      new ForeignErrand("withdraw", new WithdrawForeign(ANNA, DRAW, TICKET));
  private final ForeignErrand settle =
      new ForeignErrand(
          "settle",
          new SettleForeign(DRAW, BranchId.of("TOR"), DrawState.VOID, "CAD", 1, false, List.of()));

  private static Receipt receipt(TicketId ticket, DrawRef draw, Money price) {
    return new Receipt(
        ticket,
        draw,
        List.of(),
        price,
        7,
        Instant.EPOCH,
        Octets.of(new byte[5]),
        Octets.of(new byte[16]),
        Optional.empty());
  }

  private static LotteryReply sealed(TicketId ticket, DrawRef draw, Money price) {
    return new LotteryReply.TicketSealed(receipt(ticket, draw, price), false);
  }

  @Test
  void whatTheDrawSaysOfTheTicketIsToldAtHome() {
    Receipt receipt = receipt(TICKET, DRAW, STAKE);

    assertThat(seal.after(new LotteryReply.TicketSealed(receipt, true)))
        .contains(new ConfirmForeign(ANNA, receipt, false));
    assertThat(seal.after(new LotteryReply.ForeignRefused(TICKET, WHY)))
        .contains(new ReleaseForeign(ANNA, TICKET, WHY));
    assertThat(withdraw.after(new LotteryReply.TicketSealed(receipt, true)))
        .contains(new ConfirmForeign(ANNA, receipt, true));
    assertThat(withdraw.after(new LotteryReply.ForeignRefused(TICKET, WHY)))
        .contains(new ReleaseForeign(ANNA, TICKET, WHY));
    assertThat(settle.after(new LotteryReply.ForeignSettled(DRAW, 1))).isPresent();
  }

  @Test
  void wordsAboutAnotherTicketSettleNothing() {
    assertThat(seal.after(sealed(OTHER, DRAW, STAKE))).isEmpty();
    assertThat(seal.after(sealed(TICKET, OTHER_DRAW, STAKE))).isEmpty();
    assertThat(seal.after(sealed(TICKET, DRAW, Money.of(99, "CAD")))).isEmpty();
    assertThat(seal.after(new LotteryReply.ForeignRefused(OTHER, WHY))).isEmpty();
    assertThat(withdraw.after(sealed(OTHER, DRAW, STAKE))).isEmpty();
    assertThat(withdraw.after(new LotteryReply.ForeignRefused(OTHER, WHY))).isEmpty();
    assertThat(settle.after(new LotteryReply.ForeignSettled(OTHER_DRAW, 1))).isEmpty();
    assertThat(settle.after(new LotteryReply.ForeignSettled(DRAW, 0))).isEmpty();
  }
}
