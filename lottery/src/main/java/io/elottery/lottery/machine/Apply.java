package io.elottery.lottery.machine;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.chronicle.Happening.Kind;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.session.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Changes the state by what happened. Never refuses, draws no chance, reads no clock: the same
 * events give the same state everywhere. Money moves here and nowhere else.
 */
final class Apply implements LotteryEvent.Cases {
  private final ShardState state;
  private final ApplyForeign foreign;

  Apply(ShardState state) {
    this.state = state;
    this.foreign = new ApplyForeign(state);
  }

  void apply(LotteryEvent event) {
    event.match(this);
    state.count(event.actorKey(), 1);
  }

  private Draw draw(DrawRef ref) {
    return state.draw(ref).orElseThrow(() -> new InvariantViolation(ref + " is not there"));
  }

  private Branch branch(Draw draw) {
    return state.branchToChange(draw.ref().branch());
  }

  private Player player(PlayerId id) {
    return state.player(id).orElseThrow(() -> new InvariantViolation(id + " is not there"));
  }

  // After every change of a draw: when is it due, and does it still run?
  private void settled(Draw draw) {
    state.reschedule(draw);
    state.digest().draw(draw);
    if (draw.hasEnded()) {
      branch(draw).ended(draw);
    }
  }

  private void tell(Draw draw, Kind kind, Map<String, String> facts) {
    branch(draw).tell(state.position(), state.stamp(), draw.ref(), kind, facts);
  }

  private void tell(Draw draw, Kind kind, PartyName party) {
    tell(draw, kind, Map.of("party", party.toString()));
  }

  private static Map<String, String> limits(Draw draw) {
    return Map.of(
        "capacity",
        Integer.toString(draw.capacity()),
        "closesAt",
        Instant.ofEpochMilli(draw.closesAt()).toString());
  }

  @Override
  public void registered(LotteryEvent.Registered event) {
    Branch branch = state.branchToChange(event.player().branch());
    Player player =
        new Player(event.player(), event.name(), event.password(), event.key(), event.credit());
    branch.add(player);
    state.note(player, HistoryItem.Kind.REGISTERED, Optional.empty(), event.credit().minorUnits());
    branch.money().issue(event.credit());
    state.digest().figure(event.credit().minorUnits());
  }

  @Override
  public void signedIn(LotteryEvent.SignedIn event) {
    Session session = event.session();
    Player player = player(event.player());
    player.open(session, event.at());
    state.note(player, HistoryItem.Kind.SIGNED_IN, Optional.empty(), 0);
  }

  @Override
  public void signedOut(LotteryEvent.SignedOut event) {
    Player player = player(event.player());
    player.close(event.tokenHash());
    state.note(player, HistoryItem.Kind.SIGNED_OUT, Optional.empty(), 0);
  }

  @Override
  public void gameDefined(LotteryEvent.GameDefined event) {
    state.catalog().define(event.game(), event.book(), event.columns(), event.version());
  }

  @Override
  public void resultsAdded(LotteryEvent.ResultsAdded event) {
    state.catalog().add(event.game(), event.results());
  }

  @Override
  public void partiesPublished(LotteryEvent.PartiesPublished event) {
    state.catalog().publish(event.parties(), event.version());
  }

  @Override
  public void drawOpened(LotteryEvent.DrawOpened event) {
    Draw draw =
        new Draw(
            event.opening(), event.book(), event.parties(), event.capacity(), event.closesAt());
    branch(draw).add(draw);
    tell(draw, Kind.OPENED, limits(draw));
    settled(draw);
  }

  @Override
  public void drawChanged(LotteryEvent.DrawChanged event) {
    Draw draw = draw(event.draw());
    draw.change(event.capacity(), event.closesAt());
    tell(draw, Kind.CHANGED, limits(draw));
    settled(draw);
  }

  @Override
  public void drawClosed(LotteryEvent.DrawClosed event) {
    Draw draw = draw(event.draw());
    draw.dropCancelled();
    draw.close(event.at(), event.position(), Counting.root(draw));
    tell(
        draw,
        Kind.CLOSED,
        Map.of(
            "tickets",
            Integer.toString(draw.sold()),
            "stakes",
            Long.toString(draw.stakes()),
            "currency",
            draw.book().rules().currency(),
            "root",
            draw.closing().orElseThrow().root().hex()));
    foreign.closed(draw.ref());
    settled(draw);
  }

  @Override
  public void drawVoided(LotteryEvent.DrawVoided event) {
    Draw draw = draw(event.draw());
    draw.dropCancelled();
    for (Ticket ticket : draw.tickets()) {
      if (!Settling.isGuest(ticket)) {
        Player player = player(ticket.player());
        player.credit(ticket.price());
        state.digest().balance(player);
      }
    }
    draw.makeVoid(event.reason(), event.at());
    draw.settled(state.position());
    tell(draw, Kind.VOID, Map.of("reason", event.reason()));
    foreign.closed(draw.ref());
    foreign.ended(draw);
    settled(draw);
  }

  @Override
  public void drawStalled(LotteryEvent.DrawStalled event) {
    Draw draw = draw(event.draw());
    draw.stall();
    tell(draw, Kind.STALLED, Map.of());
    settled(draw);
  }

  @Override
  public void ticketSealed(LotteryEvent.TicketSealed event) {
    Ticket ticket = event.ticket();
    Player player = player(ticket.player());
    player.debit(ticket.price());
    ticket.draw().sell(ticket);
    branch(ticket.draw()).add(ticket);
    state.pages().add(ticket);
    state.digest().balance(player);
    state.digest().figure(ticket.draw().stakes());
    state.digest().sold(ticket);
  }

  @Override
  public void ticketCancelled(LotteryEvent.TicketCancelled event) {
    Ticket ticket =
        state
            .branchToChange(event.player().branch())
            .ticket(event.ticket())
            .orElseThrow(() -> new InvariantViolation(event.ticket() + " is not there"));
    ticket.cancel();
    state.pages().cancelled(ticket);
    state.digest().cancelled(ticket);
    ticket.draw().release(ticket);
    Player player = player(event.player());
    player.credit(ticket.price());
    state.note(
        player,
        HistoryItem.Kind.CANCELLED,
        Optional.of(new HistoryItem.About(ticket.id(), ticket.draw().ref())),
        ticket.price().minorUnits());
    state.digest().balance(player);
    state.digest().figure(ticket.draw().stakes());
  }

  @Override
  public void shareCommitted(LotteryEvent.ShareCommitted event) {
    Draw draw = draw(event.draw());
    draw.commit(event.party(), event.commit(), event.at());
    tell(draw, Kind.COMMITTED, event.party());
    settled(draw);
  }

  @Override
  public void closeSigned(LotteryEvent.CloseSigned event) {
    Draw draw = draw(event.draw());
    draw.sign(event.party(), event.signature(), event.at());
    tell(draw, Kind.SIGNED, event.party());
    settled(draw);
  }

  @Override
  public void shareRevealed(LotteryEvent.ShareRevealed event) {
    Draw draw = draw(event.draw());
    draw.reveal(event.party(), event.share(), event.at());
    tell(draw, Kind.REVEALED, event.party());
    settled(draw);
  }

  @Override
  public void numbersDrawn(LotteryEvent.NumbersDrawn event) {
    Draw draw = draw(event.draw());
    BranchMoney money = branch(draw).money();
    long carriedIn = draw.book().rules().carry().isEmpty() ? 0 : money.carried(draw);
    if (carriedIn > 0) {
      money.takeCarried(draw);
    }
    draw.drawn(Counting.draw(draw, carriedIn), carriedIn, event.at());
    tell(draw, Kind.DRAWN, drawn(draw));
    settled(draw);
  }

  private static Map<String, String> drawn(Draw draw) {
    DrawOutcome outcome = draw.outcome().orElseThrow();
    long winners = 0;
    long prizes = 0;
    for (TierCount tier : outcome.winners()) {
      winners += tier.count();
      prizes += tier.count() * tier.prizeEach();
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("winners", Long.toString(winners));
    facts.put("prizes", Long.toString(prizes));
    facts.put("currency", draw.book().rules().currency());
    outcome
        .numbers()
        .drawn()
        .forEach(
            (pool, numbers) ->
                facts.put(
                    "numbers." + pool,
                    numbers.stream().map(String::valueOf).collect(Collectors.joining(" "))));
    return facts;
  }

  @Override
  public void drawCertified(LotteryEvent.DrawCertified event) {
    Draw draw = draw(event.draw());
    Counting counting = Counting.of(draw);
    for (Ticket ticket : draw.tickets()) {
      long prize = counting.prize(ticket);
      if (prize > 0 && !Settling.isGuest(ticket)) {
        Player player = player(ticket.player());
        player.credit(draw.money(prize));
        state.digest().balance(player);
      }
    }
    BranchMoney money = branch(draw).money();
    Money house = draw.money(counting.settlement().house());
    money.toHouse(house);
    money.carry(draw, counting.settlement().carriedOut());
    state.digest().figure(house.minorUnits());
    state.digest().figure(counting.settlement().carriedOut());
    draw.certify(event.by(), event.signedAt(), event.signature(), event.at());
    draw.settled(state.position());
    tell(draw, Kind.CERTIFIED, event.by());
    foreign.ended(draw);
    settled(draw);
  }

  @Override
  public void drawDisputed(LotteryEvent.DrawDisputed event) {
    Draw draw = draw(event.draw());
    draw.dispute(event.reason(), event.at());
    tell(draw, Kind.DISPUTED, Map.of("reason", event.reason()));
    settled(draw);
  }

  @Override
  public void foreign(ForeignEvent event) {
    event.match(foreign);
  }

  @Override
  public void endedForgotten(LotteryEvent.EndedForgotten event) {
    Forgetting.apply(state, event);
  }
}
