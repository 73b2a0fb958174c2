package io.elottery.lottery.machine;

import static io.elottery.lottery.machine.Shard.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.bundle.DrawName;
import io.elottery.lottery.bundle.Leaf;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");
  private final DrawRef draw = shard.onSale();

  @Test
  void soldTicketIsPaidAndInItsDraw() {
    TicketCommand.BuyTicket wager = shard.wager(anna, draw, line(4, 1, 2), line(2, 3, 1));

    LotteryReply.TicketSealed sealed = shard.bought(wager);

    assertThat(sealed.repeated()).isFalse();
    assertThat(sealed.receipt().ticket()).isEqualTo(TicketId.of(anna, draw, wager.key()));
    assertThat(sealed.receipt().lines()).containsExactly(line(1, 4, 2), line(2, 3, 1));
    assertThat(sealed.receipt().price().minorUnits()).isEqualTo(200);
    assertThat(sealed.receipt().soldAt()).isEqualTo(shard.now);
    assertThat(shard.balance(anna)).isEqualTo(9_800);
    assertThat(shard.draw(draw).summary().sold()).isEqualTo(1);
    assertThat(shard.money().stakes()).isEqualTo(200);
    assertThat(shard.money().isConserved()).isTrue();
  }

  @Test
  void leafHasTheBytesOfTheProfile() {
    Receipt receipt = shard.bought(shard.wager(anna, draw, line(4, 1, 2))).receipt();

    byte[] expected =
        new Leaf(
                DrawName.parse(draw.toString()),
                receipt.ticket().toString(),
                receipt.lines(),
                Leaf.ownerOf(receipt.salt().toBytes(), anna.toString()),
                receipt.position(),
                100)
            .toBytes();
    assertThat(receipt.leaf().toBytes()).isEqualTo(expected);
  }

  @Test
  void sameKeyGivesTheSameReceiptForEver() {
    TicketCommand.BuyTicket wager = shard.quickPick(anna, draw, 3);
    LotteryReply.TicketSealed first = shard.bought(wager);
    shard.pass(Duration.ofMinutes(11));

    LotteryReply.TicketSealed again = shard.bought(wager);

    assertThat(shard.draw(draw).phase().name()).isEqualTo("CLOSED");
    assertThat(again.repeated()).isTrue();
    assertThat(again.receipt()).isEqualTo(first.receipt());
    assertThat(shard.balance(anna)).isEqualTo(9_700);
  }

  @Test
  void sameKeyWithAnotherBodyIsRefused() {
    TicketCommand.BuyTicket wager = shard.wager(anna, draw, line(4, 1, 2));
    shard.bought(wager);

    for (Wager other :
        List.of(
            new Wager.Marked(List.of(line(4, 1, 1))),
            new Wager.Marked(List.of(line(4, 1, 2), line(4, 1, 2))),
            new Wager.Marked(List.of(new Line(new TreeMap<>(Map.of("odd", List.of(1)))))),
            new Wager.QuickPick(1))) {
      Refusal refusal =
          shard.refused(
              new TicketCommand.BuyTicket(anna, Shard.token(anna), draw, other, wager.key()));
      assertThat(refusal.code()).isEqualTo(RefusalCode.KEY_REUSED);
    }
    assertThat(shard.balance(anna)).isEqualTo(9_900);
  }

  @Test
  void wrongLinesNameTheField() {
    assertThat(shard.refused(shard.wager(anna, draw, line(1, 2, 1), line(1, 5, 1))))
        .returns(RefusalCode.LINE_INVALID, Refusal::code)
        .returns("lines[1].main", Refusal::field);
    assertThat(shard.refused(shard.wager(anna, draw, line(2, 2, 1))).field())
        .isEqualTo("lines[0].main");
    assertThat(shard.refused(shard.wager(anna, draw, line(1, 2, 0))).field())
        .isEqualTo("lines[0].bonus");
    assertThat(shard.refused(shard.wager(anna, draw)).code()).isEqualTo(RefusalCode.LINES_COUNT);
    assertThat(shard.refused(shard.quickPick(anna, draw, 21)).field()).isEqualTo("quickPick");
    assertThat(shard.balance(anna)).isEqualTo(10_000);
    assertThat(shard.draw(draw).summary().sold()).isZero();
  }

  @Test
  void drawWaitsForEveryCommitment() {
    DrawRef waiting = shard.opened(10, Duration.ofMinutes(5));
    shard.parties.step(DrawParties.commit(waiting, DrawParties.LEFT));
    shard.parties.step(DrawParties.commit(waiting, DrawParties.AUDITOR));

    Refusal refusal = shard.refused(shard.quickPick(anna, waiting, 1));

    assertThat(refusal.code()).isEqualTo(RefusalCode.NOT_ON_SALE);
    assertThat(refusal.detail()).contains("waiting for [RIGHT] to commit");
  }

  @Test
  void nobodySpendsMoreThanTheyHave() {
    PlayerId poor = shard.player(Shard.TOR, "poor", 250);
    shard.bought(shard.quickPick(poor, draw, 2));

    Refusal refusal = shard.refused(shard.quickPick(poor, draw, 1));

    assertThat(refusal.code()).isEqualTo(RefusalCode.BALANCE_TOO_SMALL);
    assertThat(refusal.detail()).contains("CAD 1.00").contains("CAD 0.50");
  }

  @Test
  void capacityIsNeverOversold() {
    DrawRef small = shard.onSale(2, Duration.ofMinutes(5));
    Receipt first = shard.bought(shard.quickPick(anna, small, 1)).receipt();
    shard.bought(shard.quickPick(anna, small, 1));

    assertThat(shard.refused(shard.quickPick(anna, small, 1)).code())
        .isEqualTo(RefusalCode.DRAW_FULL);

    shard.done(
        new TicketCommand.CancelTicket(anna, Shard.token(anna), first.ticket()),
        LotteryReply.TicketReturned.class);
    shard.bought(shard.quickPick(anna, small, 1));
    assertThat(shard.draw(small).summary().sold()).isEqualTo(2);
  }

  @Test
  void firstCommandAtTheClosingTimeClosesTheDrawFirst() {
    shard.bought(shard.quickPick(anna, draw, 1));
    shard.pass(Duration.ofMinutes(10));

    Refusal refusal = shard.refused(shard.quickPick(anna, draw, 1));

    assertThat(refusal.code()).isEqualTo(RefusalCode.DRAW_CLOSED);
    var closing = shard.draw(draw).closing().orElseThrow();
    assertThat(closing.size()).isEqualTo(1);
    assertThat(closing.at()).isEqualTo(shard.now);
    assertThat(refusal.detail()).contains("position " + closing.position());
  }

  @Test
  void stampsNeverDecrease() {
    Receipt first = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    shard.now = shard.now.minusSeconds(3600);

    Receipt second = shard.bought(shard.quickPick(anna, draw, 1)).receipt();

    assertThat(second.soldAt()).isEqualTo(first.soldAt());
    assertThat(second.position()).isGreaterThan(first.position());
  }

  @Test
  void anotherBranchesDrawNeedsAReservation() {
    PlayerId max = shard.player(BranchId.of("MTL"), "max", 10_000);

    assertThat(shard.refused(shard.quickPick(max, draw, 1)))
        .returns(RefusalCode.OTHER_BRANCH, Refusal::code)
        .extracting(Refusal::detail)
        .asString()
        .contains("reserve its stake first");
  }

  @Test
  void tokenMustBeKnownAndAlive() {
    TicketCommand.BuyTicket forged =
        new TicketCommand.BuyTicket(
            anna, Shard.hash("guess"), draw, new Wager.QuickPick(1), shard.key());
    assertThat(shard.refused(forged).code()).isEqualTo(RefusalCode.NOT_SIGNED_IN);

    PlayerId bob = shard.player("bob");
    shard.done(
        new AccountCommand.OpenSession(bob, Shard.hash("brief"), Duration.ofSeconds(2)),
        LotteryReply.SignedIn.class);
    shard.pass(Duration.ofSeconds(2));
    TicketCommand.BuyTicket late =
        new TicketCommand.BuyTicket(
            bob, Shard.hash("brief"), draw, new Wager.QuickPick(1), shard.key());
    assertThat(shard.refused(late).code()).isEqualTo(RefusalCode.SESSION_EXPIRED);
  }

  @Test
  void operatorsDoNotPlay() {
    PlayerId olga = shard.operator(Shard.TOR, "olga");

    assertThat(shard.refused(shard.quickPick(olga, draw, 1)).code())
        .isEqualTo(RefusalCode.NOT_ALLOWED);
  }

  @Test
  void cancelledTicketIsPaidBackAndLeavesNoLeaf() {
    Receipt kept = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    TicketCommand.BuyTicket wager = shard.quickPick(anna, draw, 2);
    Receipt gone = shard.bought(wager).receipt();
    var cancel = new TicketCommand.CancelTicket(anna, Shard.token(anna), gone.ticket());

    assertThat(shard.done(cancel, LotteryReply.TicketReturned.class).returned().minorUnits())
        .isEqualTo(200);
    assertThat(shard.done(cancel, LotteryReply.TicketReturned.class).repeated()).isTrue();

    assertThat(shard.balance(anna)).isEqualTo(9_900);
    assertThat(shard.bought(wager).receipt()).isEqualTo(gone);
    shard.close(draw);
    assertThat(shard.parties.leaves(draw)).containsExactly(kept.leaf().toBytes());
    assertThat(state(gone)).isEqualTo(TicketState.CANCELLED);
    var late = new TicketCommand.CancelTicket(anna, Shard.token(anna), kept.ticket());
    assertThat(shard.refused(late).code()).isEqualTo(RefusalCode.DRAW_CLOSED);
  }

  @Test
  void anotherPlayersTicketIsUnknown() {
    Receipt annas = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    PlayerId bob = shard.player("bob");

    assertThat(
            shard
                .refused(new TicketCommand.CancelTicket(bob, Shard.token(bob), annas.ticket()))
                .code())
        .isEqualTo(RefusalCode.UNKNOWN_TICKET);
    assertThat(shard.ask(new LotteryQuery.TicketById(bob, annas.ticket(), Optional.empty())))
        .isInstanceOf(LotteryAnswer.TicketMissing.class);
  }

  @Test
  void missingTicketMayComeUntilItsDrawCloses() {
    TicketId never = TicketId.of(anna, draw, shard.key());
    LotteryQuery query = new LotteryQuery.TicketById(anna, never, Optional.of(draw));

    assertThat(shard.found(query, LotteryAnswer.TicketMissing.class).mayStillCome()).isTrue();
    shard.close(draw);
    assertThat(shard.found(query, LotteryAnswer.TicketMissing.class).mayStillCome()).isFalse();
  }

  @Test
  void myTicketsComeNewestFirstInPages() {
    Receipt first = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    Receipt second = shard.bought(shard.quickPick(anna, draw, 1)).receipt();
    Receipt third = shard.bought(shard.quickPick(anna, draw, 1)).receipt();

    var page =
        shard.found(
            new LotteryQuery.MyTickets(anna, Optional.empty(), 2),
            LotteryAnswer.TicketsFound.class);
    var rest =
        shard.found(
            new LotteryQuery.MyTickets(anna, page.next(), 2), LotteryAnswer.TicketsFound.class);

    assertThat(page.items()).extracting(view -> view.receipt()).containsExactly(third, second);
    assertThat(rest.items()).extracting(view -> view.receipt()).containsExactly(first);
    assertThat(rest.next()).isEmpty();
  }

  private TicketState state(Receipt receipt) {
    return shard
        .found(
            new LotteryQuery.TicketById(anna, receipt.ticket(), Optional.empty()),
            LotteryAnswer.TicketFound.class)
        .ticket()
        .state();
  }
}
