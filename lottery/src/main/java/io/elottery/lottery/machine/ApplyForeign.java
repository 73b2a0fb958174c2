package io.elottery.lottery.machine;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.command.ForeignCommand.Payment;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import java.util.Optional;

/**
 * Changes the state by what happened to wagers in draws of another branch. What one branch gives to
 * another stands in its account "abroad" ({@link BranchMoney#toAbroad}): above zero it has given
 * more, and over all branches the sum is what is on its way.
 */
final class ApplyForeign implements ForeignEvent.Cases {
  private final ShardState state;

  ApplyForeign(ShardState state) {
    this.state = state;
  }

  private Player player(PlayerId id) {
    return state.player(id).orElseThrow(() -> new InvariantViolation(id + " is not there"));
  }

  private ForeignTicket ticket(BranchId home, TicketId id) {
    return state
        .branchToChange(home)
        .abroad()
        .ticket(id)
        .orElseThrow(() -> new InvariantViolation(id + " is not reserved in " + home));
  }

  private void note(Player player, ForeignTicket ticket, Kind kind, long amount) {
    HistoryItem.About about = new HistoryItem.About(ticket.id(), ticket.asked().draw());
    state.note(player, kind, Optional.of(about), amount);
  }

  @Override
  public void stakeReserved(ForeignEvent.StakeReserved event) {
    ForeignTicket ticket = event.ticket();
    Player player = player(ticket.asked().player());
    Branch home = state.branchToChange(player.id().branch());
    player.debit(ticket.asked().stake());
    note(player, ticket, Kind.RESERVED, -ticket.asked().stake().minorUnits());
    player.remember(ticket);
    home.money().toAbroad(ticket.asked().stake());
    home.abroad().add(ticket);
    state.digest().balance(player);
    state.callErrand();
  }

  @Override
  public void ticketConfirmed(ForeignEvent.TicketConfirmed event) {
    BranchId home = event.player().branch();
    ForeignTicket ticket = ticket(home, event.receipt().ticket());
    ticket.confirm(event.receipt(), event.stays());
    note(player(event.player()), ticket, Kind.SEALED, 0);
    state.branchToChange(home).abroad().changed(ticket);
  }

  @Override
  public void stakeReleased(ForeignEvent.StakeReleased event) {
    Branch home = state.branchToChange(event.player().branch());
    ForeignTicket ticket = ticket(home.id(), event.ticket());
    ticket.release(event.why());
    home.abroad().changed(ticket);
    Player player = player(event.player());
    player.credit(ticket.asked().stake());
    boolean given = ticket.phase() == ForeignTicket.Phase.CANCELLED;
    Kind kind = given ? Kind.CANCELLED : Kind.REFUSED;
    note(player, ticket, kind, ticket.asked().stake().minorUnits());
    state.digest().balance(player);
    home.money().fromAbroad(ticket.asked().stake());
    player.forgetOldRefused().forEach(home.abroad()::forget);
  }

  @Override
  public void withdrawalAsked(ForeignEvent.WithdrawalAsked event) {
    BranchId home = event.player().branch();
    ForeignTicket ticket = ticket(home, event.ticket());
    ticket.withdraw();
    note(player(event.player()), ticket, Kind.CANCELLING, 0);
    state.callErrand();
    state.branchToChange(home).abroad().changed(ticket);
  }

  @Override
  public void drawSettled(ForeignEvent.DrawSettled event) {
    Branch home = state.branchToChange(event.home());
    Kind kind = event.outcome() == DrawState.VOID ? Kind.RETURNED : Kind.WON;
    for (Payment payment : event.payments()) {
      Money amount = new Money(payment.minorUnits(), event.currency());
      ForeignTicket ticket = ticket(home.id(), payment.ticket());
      ticket.pay(payment.minorUnits());
      Player player = player(payment.player());
      player.credit(amount);
      note(player, ticket, kind, payment.minorUnits());
      state.digest().balance(player);
      home.money().fromAbroad(amount);
    }
    int parts = home.abroad().ended(event.draw()).map(Abroad.Ended::parts).orElse(0) + 1;
    home.abroad()
        .ended(event.draw(), new Abroad.Ended(event.outcome(), parts, event.last(), event.at()));
  }

  @Override
  public void guestSealed(ForeignEvent.GuestSealed event) {
    Ticket ticket = event.ticket();
    Branch branch = state.branchToChange(ticket.draw().ref().branch());
    branch.money().fromAbroad(ticket.price());
    ticket.draw().sell(ticket);
    branch.add(ticket);
    state.pages().add(ticket);
    state.digest().figure(ticket.draw().stakes());
    state.digest().sold(ticket);
  }

  @Override
  public void guestRefused(ForeignEvent.GuestRefused event) {
    state
        .branchToChange(event.draw().branch())
        .guests()
        .refuse(event.draw(), event.ticket(), event.why());
  }

  @Override
  public void guestWithdrawn(ForeignEvent.GuestWithdrawn event) {
    Branch branch = state.branchToChange(event.draw().branch());
    Ticket ticket =
        branch
            .ticket(event.ticket())
            .orElseThrow(() -> new InvariantViolation(event.ticket() + " is not there"));
    ticket.cancel();
    state.digest().cancelled(ticket);
    ticket.draw().release(ticket);
    branch.forget(ticket);
    state.pages().remove(ticket);
    branch.money().toAbroad(ticket.price());
    state.digest().figure(ticket.draw().stakes());
    branch.guests().refuse(event.draw(), event.ticket(), event.why());
  }

  @Override
  public void settlementTaken(ForeignEvent.SettlementTaken event) {
    state
        .branchToChange(event.draw().branch())
        .guests()
        .taken(new Guests.Account(event.draw(), event.home()));
    state.callErrand();
  }

  /** A draw has ended with money: what guests get is given to their homes, and owed. */
  void ended(Draw draw) {
    Branch branch = state.branchToChange(draw.ref().branch());
    for (BranchId home : Settling.homes(draw)) {
      state.callErrand();
      var payments = Settling.payments(draw, home);
      payments.forEach(payment -> branch.money().toAbroad(draw.money(payment.minorUnits())));
      branch.guests().owe(new Guests.Account(draw.ref(), home), Settling.parts(payments.size()));
    }
  }

  /** A draw takes no ticket any more. */
  void closed(DrawRef draw) {
    state.branchToChange(draw.branch()).guests().closed(draw);
  }
}
