package io.elottery.lottery.machine;

import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.bundle.Bundle;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.bundle.Tickets;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.party.DrawView;
import io.elottery.lottery.party.Recount;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Game;
import io.elottery.lottery.register.PartyRecord;
import io.elottery.lottery.register.RuleBook;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.ticket.TicketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state as it is shown: the same on every replica. */
final class Views {
  private Views() {}

  static DrawSummary summary(Branch branch, Draw draw) {
    return new DrawSummary(
        draw.ref(),
        draw.state(),
        draw.isOnSale(),
        Instant.ofEpochMilli(draw.closesAt()),
        draw.capacity(),
        draw.sold(),
        draw.price(),
        draw.money(Counting.jackpot(draw, branch.money().carried(draw))),
        draw.waitingFor(),
        Instant.ofEpochMilli(draw.since()));
  }

  static DrawDetail detail(Branch branch, Draw draw) {
    return detail(summary(branch, draw), draw);
  }

  private static DrawDetail detail(DrawSummary summary, Draw draw) {
    return new DrawDetail(
        summary,
        draw.phase(),
        Instant.ofEpochMilli(draw.opening().openedAt()),
        draw.book().text(),
        draw.book().hash(),
        draw.opening().build(),
        draw.parties().stream().map(PartyRecord::steps).toList(),
        draw.closing(),
        draw.outcome(),
        draw.carriedIn(),
        draw.certified(),
        draw.reason());
  }

  static GameView game(Game game) {
    RuleBook book = game.book();
    return new GameView(game.name(), game.version(), book.text(), book.hash(), game.columns());
  }

  /** The evidence of a drawn draw, by the same code as the auditor's. */
  static Bundle bundle(Draw draw, BundleStatus status, Certificate certificate) {
    DrawView view =
        DrawView.of(detail(summary(new Branch(draw.ref().branch(), List.of()), draw), draw));
    Tickets tickets =
        Tickets.of(
            draw.tickets().stream().map(Ticket::leaf).toList(), Recount.leavesUrl(view.draw()));
    return view.bundle(tickets, status, certificate);
  }

  static TicketView ticket(Ticket ticket) {
    TicketState state = state(ticket);
    if (state != TicketState.SEALED || ticket.draw().phase() != DrawState.CERTIFIED) {
      return new TicketView(ticket.receipt(), state, Optional.empty());
    }
    long prize = Counting.of(ticket.draw()).prize(ticket);
    Optional<Money> won = prize > 0 ? Optional.of(ticket.draw().money(prize)) : Optional.empty();
    return new TicketView(
        ticket.receipt(), won.isPresent() ? TicketState.WON : TicketState.LOST, won);
  }

  /** A wager in another branch's draw; empty while, or because, it is not in the draw. */
  static Optional<TicketView> ticket(Branch home, ForeignTicket ticket) {
    return ticket
        .receipt()
        .map(
            receipt -> {
              long paid = ticket.paid();
              TicketState state = state(home, ticket);
              return new TicketView(
                  receipt,
                  state,
                  state == TicketState.WON
                      ? Optional.of(new Money(paid, ticket.asked().stake().currency()))
                      : Optional.empty());
            });
  }

  private static TicketState state(Branch home, ForeignTicket ticket) {
    if (ticket.phase() == ForeignTicket.Phase.CANCELLED) {
      return TicketState.CANCELLED;
    }
    Optional<Abroad.Ended> ended = home.abroad().ended(ticket.asked().draw());
    if (ended.filter(end -> end.outcome() == DrawState.VOID).isPresent()) {
      return TicketState.RETURNED;
    }
    if (ticket.paid() > 0) {
      return TicketState.WON;
    }
    if (ended.filter(Abroad.Ended::complete).isPresent()) {
      return TicketState.LOST;
    }
    return ticket.isWithdrawing() ? TicketState.CANCELLING : TicketState.SEALED;
  }

  private static TicketState state(Ticket ticket) {
    if (ticket.isCancelled()) {
      return TicketState.CANCELLED;
    }
    return ticket.draw().phase() == DrawState.VOID ? TicketState.RETURNED : TicketState.SEALED;
  }
}
