package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.ActorSize;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.LotteryAnswer.HistoryFound;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Wager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What happens to a player is kept, and adds up. */
class PlayerHistoryTest {
  private static final Duration KEEP = Duration.ofDays(400);

  private final Shard shard = new Shard();
  private final PlayerId anna = shard.player("anna");

  @Test
  void aLifeAtHomeIsToldWithItsBalances() {
    DrawRef draw = shard.onSale();
    shard.pass(Duration.ofSeconds(1));
    TicketId first = bought(draw, Shard.line(1, 2, 1));
    shard.pass(Duration.ofSeconds(1));
    shard.done(
        new TicketCommand.CancelTicket(anna, Shard.token(anna), first),
        LotteryReply.TicketReturned.class);
    TicketId winner = bought(draw, everyLine());
    shard.close(draw);
    shard.parties.finish(draw);
    shard.done(
        new AccountCommand.CloseSession(anna, Shard.token(anna)), LotteryReply.SignedOut.class);

    List<HistoryItem> items = shard.history(anna);

    assertThat(items)
        .extracting(HistoryItem::kind)
        .containsExactly(
            Kind.SIGNED_OUT,
            Kind.WON,
            Kind.BOUGHT,
            Kind.CANCELLED,
            Kind.BOUGHT,
            Kind.SIGNED_IN,
            Kind.REGISTERED);
    assertThat(items.get(1).about()).contains(new HistoryItem.About(winner, draw));
    assertThat(items.get(3).about()).contains(new HistoryItem.About(first, draw));
    assertThat(items.get(3).at()).isEqualTo(Shard.START.plusSeconds(2));
    assertThat(items.get(4).at()).isEqualTo(Shard.START.plusSeconds(1));
    assertThat(items)
        .extracting(item -> item.balance().minorUnits())
        .endsWith(8_800L, 10_000L, 9_900L, 10_000L, 10_000L);
    shard.signIn(anna);
    Histories.addUp(shard, anna);
  }

  @Test
  void whatADrawThatBecomesVoidReturnsIsTold() {
    DrawRef draw = shard.onSale();
    TicketId kept = bought(draw, Shard.line(1, 2, 1));
    TicketId given = bought(draw, Shard.line(1, 3, 1));
    shard.run(new TicketCommand.CancelTicket(anna, Shard.token(anna), given));
    shard.done(
        new DrawCommand.CancelDraw(Shard.TOOL, draw, "no auditor"),
        LotteryReply.DrawAccepted.class);

    List<HistoryItem> items = shard.history(anna);

    assertThat(items.get(0).kind()).isEqualTo(Kind.RETURNED);
    assertThat(items.get(0).about()).contains(new HistoryItem.About(kept, draw));
    assertThat(items).extracting(HistoryItem::kind).containsOnlyOnce(Kind.RETURNED);
    Histories.addUp(shard, anna);
  }

  @Test
  void aTicketThatWinsNothingIsToldOnce() {
    DrawRef draw = shard.onSale();
    for (int bonus = 1; bonus <= 2; bonus++) {
      bought(draw, Shard.line(1, 2, bonus));
      bought(draw, Shard.line(3, 4, bonus));
    }
    shard.close(draw);
    shard.parties.finish(draw);

    long winners = shard.history(anna).stream().filter(it -> it.kind() == Kind.WON).count();

    long won =
        shard
            .found(
                new LotteryQuery.MyTickets(anna, Optional.empty(), 10),
                LotteryAnswer.TicketsFound.class)
            .items()
            .stream()
            .filter(ticket -> ticket.prize().isPresent())
            .count();
    assertThat(winners).isEqualTo(won);
    Histories.addUp(shard, anna);
  }

  @Test
  void wagersInAnotherBranchAreToldStepByStep() {
    TwoShards world = new TwoShards(new Random(5));
    Shard home = world.shard(TwoShards.TOR);
    PlayerId player = home.player("pat");
    DrawRef away = world.onSale(TwoShards.OTW, 10);
    TicketId stays = reserved(home, player, away, 12, 1_200);
    reserved(home, player, away, 1, 50); // The price is another one: refused.
    world.settle();
    TicketId given = reserved(home, player, away, 1, 100);
    world.settle();
    home.run(new TicketCommand.CancelTicket(player, Shard.token(player), given));
    world.settle();
    Shard there = world.shard(TwoShards.OTW);
    there.close(away);
    there.parties.finish(away);
    world.settle();

    assertThat(kinds(home, player, given))
        .containsExactly(Kind.CANCELLED, Kind.CANCELLING, Kind.SEALED, Kind.RESERVED);
    assertThat(kinds(home, player, stays)).endsWith(Kind.SEALED, Kind.RESERVED);
    assertThat(home.history(player)).extracting(HistoryItem::kind).containsOnlyOnce(Kind.REFUSED);
    Histories.addUp(home, player);
  }

  @Test
  void anotherBranchsVoidDrawReturnsTheStake() {
    TwoShards world = new TwoShards(new Random(6));
    Shard home = world.shard(TwoShards.TOR);
    PlayerId player = home.player("pat");
    DrawRef away = world.onSale(TwoShards.OTW, 10);
    TicketId ticket = reserved(home, player, away, 1, 100);
    world.settle();
    world
        .shard(TwoShards.OTW)
        .done(
            new DrawCommand.CancelDraw(Shard.TOOL, away, "no auditor"),
            LotteryReply.DrawAccepted.class);
    world.settle();

    assertThat(kinds(home, player, ticket))
        .containsExactly(Kind.RETURNED, Kind.SEALED, Kind.RESERVED);
    Histories.addUp(home, player);
  }

  @Test
  void newItemsBetweenTwoPagesMoveNothing() {
    DrawRef draw = shard.onSale();
    for (int i = 0; i < 6; i++) {
      bought(draw, everyLine());
    }
    shard.close(draw);
    shard.parties.finish(draw);
    List<HistoryItem> before = shard.history(anna);

    List<HistoryItem> read = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      HistoryFound page =
          shard.found(new LotteryQuery.MyHistory(anna, cursor, 2), HistoryFound.class);
      assertThat(page.items()).hasSizeBetween(1, 2);
      read.addAll(page.items());
      cursor = page.next();
      DrawRef another = shard.onSale();
      bought(another, Shard.line(1, 2, 1)); // In the same millisecond.
      shard.run(new DrawCommand.CancelDraw(Shard.TOOL, another, "by chance"));
    } while (cursor.isPresent());

    assertThat(read).isEqualTo(before).doesNotHaveDuplicates();
    assertThat(Histories.all(shard, anna, 3)).isEqualTo(shard.history(anna));
    assertThat(
            shard.found(new LotteryQuery.MyHistory(anna, Optional.of("x"), 2), HistoryFound.class))
        .isEqualTo(new HistoryFound(List.of(), Optional.empty()));
  }

  @Test
  void whatIsOldGoesAndTheRestIsAsItWas() {
    DrawRef open =
        shard.onSale(10, KEEP.multipliedBy(2)); // Its ticket stays, its past is not told.
    bought(open, Shard.line(1, 2, 1));
    played();
    shard.pass(KEEP.minusDays(1));
    shard.run(new AccountCommand.CloseSession(anna, Shard.token(anna)));
    shard.signIn(anna);
    played();
    List<HistoryItem> young = shard.history(anna).subList(0, 4);

    shard.pass(Duration.ofDays(2));
    shard.done(new ForgetEnded(KEEP), LotteryReply.Ticked.class);

    List<HistoryItem> left = shard.history(anna);
    assertThat(left.subList(0, 4)).isEqualTo(young);
    assertThat(left)
        .extracting(HistoryItem::kind)
        .containsExactly(Kind.WON, Kind.BOUGHT, Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.REGISTERED);
    assertThat(left.get(0).balance().minorUnits()).isEqualTo(shard.balance(anna));
    assertThat(left.get(4).balance().minorUnits()).isEqualTo(10_000);
  }

  @Test
  void itIsTheSameAfterARestartAndNamesNobody() throws MalformedMessage {
    played();
    shard.run(new AccountCommand.CloseSession(anna, Shard.token(anna)));
    byte[] snapshot = shard.machine.snapshot();
    LotteryMachine twin = new LotteryMachine();
    twin.restore(snapshot);

    byte[] query = new LotteryQuery.MyHistory(anna, Optional.empty(), 50).encode();
    byte[] answer = twin.query(query, 0);

    assertThat(answer).isEqualTo(shard.machine.query(query, 0));
    assertThat(twin.snapshot()).isEqualTo(snapshot);
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("anna");
    String token = new String(Shard.token(anna).toBytes(), StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain(token);
    assertThat(new String(snapshot, StandardCharsets.ISO_8859_1))
        .as("the session is closed, and nothing is left of it")
        .doesNotContain(token);
  }

  @Test
  void everybodyHasTheirOwn() {
    PlayerId bert = shard.player("bert");
    PlayerId olga = shard.operator(Shard.TOR, "olga");
    DrawRef draw = shard.onSale();
    bought(draw, Shard.line(1, 2, 1));

    assertThat(shard.history(bert))
        .extracting(HistoryItem::kind)
        .containsExactly(Kind.SIGNED_IN, Kind.REGISTERED);
    assertThat(olga.number()).isEqualTo(anna.number());
    assertThat(shard.history(olga))
        .extracting(HistoryItem::kind)
        .containsExactly(Kind.SIGNED_IN, Kind.REGISTERED);
    assertThat(shard.history(PlayerId.parse("TORC0099"))).isEmpty();
    assertThat(shard.ask(new LotteryQuery.SessionOf(anna, Shard.token(bert))))
        .as("whoever asks for a history shows a session of its owner first")
        .isInstanceOf(LotteryAnswer.Unanswered.class);
  }

  @Test
  void whatIsKeptIsCounted() {
    long before = size(anna);
    long all = shard.machine.census().players().bytes();

    shard.done(
        new AccountCommand.OpenSession(anna, Shard.hash("another"), Duration.ofDays(1)),
        LotteryReply.SignedIn.class);

    assertThat(size(anna)).isGreaterThan(before);
    assertThat(shard.machine.census().players().bytes() - all).isEqualTo(size(anna) - before);
  }

  private long size(PlayerId player) {
    LotteryAnswer.ActorsFound found =
        shard.found(new LotteryQuery.Actors(Shard.TOR, 100), LotteryAnswer.ActorsFound.class);
    return found.largest().stream()
        .filter(actor -> actor.id().equals(player.toString()))
        .mapToLong(ActorSize::bytes)
        .sum();
  }

  private void played() {
    DrawRef draw = shard.onSale(10, Duration.ofMinutes(1));
    bought(draw, everyLine());
    shard.close(draw);
    shard.parties.finish(draw);
  }

  private TicketId bought(DrawRef draw, Line... lines) {
    return shard.bought(shard.wager(anna, draw, lines)).receipt().ticket();
  }

  /** One of them wins, whatever is drawn. */
  private static Line[] everyLine() {
    List<Line> lines = new ArrayList<>();
    for (int one = 1; one <= 4; one++) {
      for (int two = one + 1; two <= 4; two++) {
        lines.add(Shard.line(one, two, 1));
        lines.add(Shard.line(one, two, 2));
      }
    }
    return lines.toArray(Line[]::new);
  }

  private static TicketId reserved(
      Shard home, PlayerId player, DrawRef away, int lines, long stake) {
    var buy =
        new ForeignCommand.BuyForeign(
            player,
            Shard.token(player),
            away,
            new Wager.QuickPick(lines),
            home.key(),
            Money.of(stake, "CAD"));
    return home.done(buy, LotteryReply.TicketPending.class).ticket();
  }

  private static List<Kind> kinds(Shard shard, PlayerId player, TicketId ticket) {
    return shard.history(player).stream()
        .filter(
            item -> item.about().map(HistoryItem.About::ticket).filter(ticket::equals).isPresent())
        .map(HistoryItem::kind)
        .toList();
  }
}
