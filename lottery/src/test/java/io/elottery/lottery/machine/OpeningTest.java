package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.command.Tick;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningTest {
  private final Shard shard = new Shard();

  @Test
  void furtherDrawsOfASlotGetNumbers() {
    assertThat(shard.opened(10, Duration.ofMinutes(1))).hasToString("mini:TORM211126");
    assertThat(shard.opened(10, Duration.ofMinutes(1))).hasToString("mini:TORM211126-2");
    assertThat(shard.opened(10, Duration.ofMinutes(1))).hasToString("mini:TORM211126-3");
  }

  @Test
  void exactIdIsRefusedWhenTaken() {
    shard.done(exactly("TORE211126-7", shard.key()), LotteryReply.DrawAccepted.class);

    assertThat(shard.refused(exactly("TORE211126-7", shard.key())).code())
        .isEqualTo(RefusalCode.DRAW_EXISTS);
  }

  @Test
  void sameKeyOpensOnce() {
    DrawCommand.OpenDraw command = shard.opening(10, Duration.ofMinutes(5));
    var first = shard.done(command, LotteryReply.DrawAccepted.class);
    shard.pass(Duration.ofMinutes(1));

    var again = shard.done(command, LotteryReply.DrawAccepted.class);

    assertThat(again.draw()).isEqualTo(first.draw());
    assertThat(again.closesAt()).isEqualTo(first.closesAt());
    assertThat(again.repeated()).isTrue();
    assertThat(shard.refused(exactly("TORE211126", command.key())).code())
        .isEqualTo(RefusalCode.KEY_REUSED);
  }

  @Test
  void impossibleDrawsNameTheField() {
    DrawCommand.OpenDraw good = shard.opening(10, Duration.ofMinutes(5));

    assertThat(shard.refused(with(good, "{}", 10, good.saleEnd(), good.parties())).field())
        .isEqualTo("rules");
    String dear = good.rules().replace("\"price\":100", "\"price\":100000000");
    assertThat(shard.refused(with(good, dear, 10_000_000, good.saleEnd(), good.parties())).field())
        .isEqualTo("capacity");
    assertThat(shard.refused(with(good, good.rules(), 0, good.saleEnd(), good.parties())).field())
        .isEqualTo("capacity");
    for (SaleEnd end :
        List.of(
            new SaleEnd.At(shard.now),
            new SaleEnd.After(Duration.ofMillis(-5)),
            new SaleEnd.After(Duration.ofMillis(Long.MAX_VALUE)))) {
      assertThat(shard.refused(with(good, good.rules(), 10, end, good.parties())).field())
          .isEqualTo("closesAt");
    }
    List<PartyKey> two = good.parties().subList(0, 2);
    assertThat(shard.refused(with(good, good.rules(), 10, good.saleEnd(), two)).field())
        .isEqualTo("parties");
    assertThat(draws(Optional.empty())).isEmpty();
  }

  @Test
  void onlySignedInStaffOfTheBranchChangesItsDraws() {
    DrawRef draw = shard.onSale();
    PlayerId olga = shard.operator(Shard.TOR, "olga");
    PlayerId max = shard.operator(BranchId.of("MTL"), "max");
    PlayerId anna = shard.player("anna");

    assertThat(shard.refused(close(Requester.operator(olga, Shard.hash("x")), draw)).code())
        .isEqualTo(RefusalCode.NOT_SIGNED_IN);
    assertThat(shard.refused(close(Requester.operator(max, Shard.token(max)), draw)).code())
        .isEqualTo(RefusalCode.OTHER_BRANCH);
    assertThat(shard.refused(close(Requester.operator(anna, Shard.token(anna)), draw)).code())
        .isEqualTo(RefusalCode.NOT_ALLOWED);
    var byName = new Requester("me", Optional.of(Shard.token(olga)));
    assertThat(shard.refused(close(byName, draw)).field()).isEqualTo("by");

    var closed =
        shard.done(
            close(Requester.operator(olga, Shard.token(olga)), draw),
            LotteryReply.DrawAccepted.class);
    assertThat(closed.state()).isEqualTo(DrawState.CLOSED);
  }

  @Test
  void openDrawCanBeChanged() {
    DrawRef draw = shard.onSale();
    PlayerId anna = shard.player("anna");
    shard.bought(shard.quickPick(anna, draw, 1));
    shard.bought(shard.quickPick(anna, draw, 1));

    assertThat(shard.refused(change(draw, Optional.of(1), Optional.empty())).field())
        .isEqualTo("capacity");
    assertThat(shard.refused(change(draw, Optional.empty(), Optional.of(shard.now))).field())
        .isEqualTo("closesAt");
    var later = shard.now.plusSeconds(7200);
    var changed =
        shard.done(
            change(draw, Optional.of(2), Optional.of(later)), LotteryReply.DrawAccepted.class);

    assertThat(changed.capacity()).isEqualTo(2);
    assertThat(shard.nextWake()).contains(later);
    assertThat(shard.refused(shard.quickPick(anna, draw, 1)).code())
        .isEqualTo(RefusalCode.DRAW_FULL);
  }

  @Test
  void cancelledDrawReturnsTheStakes() {
    DrawRef draw = shard.onSale();
    PlayerId anna = shard.player("anna");
    var kept = shard.quickPick(anna, draw, 4);
    shard.bought(kept);
    var cancel = new DrawCommand.CancelDraw(Shard.TOOL, draw, "printer on fire");

    shard.done(cancel, LotteryReply.DrawAccepted.class);
    var again = shard.done(cancel, LotteryReply.DrawAccepted.class);

    assertThat(again.repeated()).isTrue();
    assertThat(shard.balance(anna)).isEqualTo(10_000);
    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.VOID);
    assertThat(shard.draw(draw).reason()).isEqualTo("printer on fire");
    assertThat(shard.money().isConserved()).isTrue();
    assertThat(shard.bought(kept).repeated()).isTrue();
    assertThat(shard.refused(shard.quickPick(anna, draw, 1)).code())
        .isEqualTo(RefusalCode.DRAW_CLOSED);
  }

  @Test
  void closedDrawCannotBeCancelledOrChanged() {
    DrawRef draw = shard.onSale();
    shard.close(draw);

    assertThat(shard.refused(new DrawCommand.CancelDraw(Shard.TOOL, draw, "late")).code())
        .isEqualTo(RefusalCode.WRONG_STATE);
    assertThat(shard.refused(change(draw, Optional.of(5), Optional.empty())).code())
        .isEqualTo(RefusalCode.WRONG_STATE);
  }

  @Test
  void tickClosesWhatIsDueAndOnlyThat() {
    DrawRef first = shard.onSale(10, Duration.ofMinutes(1));
    DrawRef second = shard.onSale(10, Duration.ofMinutes(2));
    assertThat(shard.nextWake()).contains(shard.now.plusSeconds(60));
    shard.pass(Duration.ofSeconds(60));

    var ticked = shard.done(new Tick(), LotteryReply.Ticked.class);

    assertThat(ticked.happened()).isEqualTo(1);
    assertThat(shard.draw(first).summary().state()).isEqualTo(DrawState.CLOSED);
    assertThat(shard.draw(second).summary().state()).isEqualTo(DrawState.OPEN);
    assertThat(shard.machine.wakeCommand()).isEqualTo(new Tick().encode());
  }

  @Test
  void drawThatNeverWasOnSaleIsVoidWhenItsTimeComes() {
    DrawRef draw = shard.opened(10, Duration.ofMinutes(1));
    shard.pass(Duration.ofMinutes(1));
    shard.run(new Tick());

    assertThat(shard.draw(draw).summary().state()).isEqualTo(DrawState.VOID);
    assertThat(shard.draw(draw).reason()).contains("AUDITOR, LEFT, RIGHT");
  }

  @Test
  void listsComeLatestFirstByStateInPages() {
    DrawRef closed = shard.onSale();
    DrawRef second = shard.onSale();
    DrawRef third = shard.onSale();
    shard.close(closed);

    assertThat(draws(Optional.of(DrawState.OPEN))).containsExactly(third, second);
    assertThat(draws(Optional.empty())).containsExactly(third, second, closed);
    var page = page(Optional.empty(), 2);
    assertThat(page.items()).extracting(DrawSummary::draw).containsExactly(third, second);
    assertThat(page(page.next(), 2).items()).extracting(DrawSummary::draw).containsExactly(closed);
    assertThat(page(Optional.of("nonsense"), 2).items()).isEmpty();
  }

  @Test
  void availabilityCountsWhatIsLeft() {
    DrawRef draw = shard.onSale(5, Duration.ofMinutes(1));
    shard.opened(5, Duration.ofMinutes(1));
    shard.bought(shard.quickPick(shard.player("anna"), draw, 1));
    var query = new LotteryQuery.Availability(Shard.TOR, Shard.MINI);

    var draws = shard.found(query, LotteryAnswer.AvailabilityFound.class).draws();

    assertThat(draws).hasSize(1);
    assertThat(draws.get(0).id()).isEqualTo(draw.id());
    assertThat(draws.get(0).left()).isEqualTo(4);
  }

  private LotteryAnswer.DrawsFound page(Optional<String> cursor, int limit) {
    return shard.found(
        new LotteryQuery.ListDraws(
            Shard.TOR, Optional.of(Shard.MINI), Optional.empty(), cursor, limit),
        LotteryAnswer.DrawsFound.class);
  }

  private List<DrawRef> draws(Optional<DrawState> state) {
    return shard
        .found(
            new LotteryQuery.ListDraws(Shard.TOR, Optional.empty(), state, Optional.empty(), 100),
            LotteryAnswer.DrawsFound.class)
        .items()
        .stream()
        .map(DrawSummary::draw)
        .toList();
  }

  private static DrawCommand.CloseDraw close(Requester by, DrawRef draw) {
    return new DrawCommand.CloseDraw(by, draw);
  }

  private static DrawCommand.ChangeDraw change(
      DrawRef draw, Optional<Integer> capacity, Optional<Instant> closesAt) {
    return new DrawCommand.ChangeDraw(Shard.TOOL, draw, capacity, closesAt);
  }

  private DrawCommand.OpenDraw exactly(String id, RequestKey key) {
    DrawCommand.OpenDraw like = shard.opening(10, Duration.ofMinutes(5));
    return new DrawCommand.OpenDraw(
        like.by(),
        like.game(),
        like.rules(),
        DrawId.parse(id),
        false,
        like.capacity(),
        like.saleEnd(),
        like.parties(),
        like.build(),
        key);
  }

  private static DrawCommand.OpenDraw with(
      DrawCommand.OpenDraw like, String rules, int capacity, SaleEnd end, List<PartyKey> parties) {
    return new DrawCommand.OpenDraw(
        like.by(),
        like.game(),
        rules,
        like.id(),
        true,
        capacity,
        end,
        parties,
        like.build(),
        like.key());
  }
}
