package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Wager;
import java.util.Optional;

/**
 * Decides at a draw about wagers of players of other branches. What is refused while the draw could
 * still sell leaves a tombstone, so that the same wager, delivered late, is refused again whatever
 * has changed: the home may give the stake back as soon as it has heard.
 */
final class GuestDesk {
  private final ShardState state;
  private final Moment moment;

  GuestDesk(ShardState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  Decision seal(ForeignCommand.SealForeign command) {
    if (command.player().branch().equals(command.draw().branch())) {
      return Decision.refused(
          RefusalCode.INVALID, "player", command.player() + " is at home in " + command.draw());
    }
    TicketId id = TicketId.of(command.player(), command.draw(), command.key());
    return answered(command.draw(), id)
        .orElseGet(() -> fresh(command, id, state.draw(command.draw())));
  }

  // What was decided before is the answer for ever.
  private Optional<Decision> answered(DrawRef draw, TicketId id) {
    Optional<Branch> branch = state.branch(draw.branch());
    Optional<Refusal> refused = branch.flatMap(there -> there.guests().refused(draw, id));
    if (refused.isPresent()) {
      return Optional.of(Decision.known(new LotteryReply.ForeignRefused(id, refused.get())));
    }
    return branch
        .flatMap(there -> there.ticket(id))
        .map(ticket -> Decision.known(new LotteryReply.TicketSealed(ticket.receipt(), true)));
  }

  private Decision fresh(ForeignCommand.SealForeign command, TicketId id, Optional<Draw> draw) {
    Optional<Refusal> problem =
        draw.isEmpty()
            ? Optional.of(TicketDesk.unknown(command.draw()))
            : TicketDesk.drawProblem(draw.get(), command.wager())
                .or(() -> priceProblem(draw.get(), command.wager(), command.stake()));
    if (problem.isPresent()) {
      return refused(command.draw(), id, problem.get());
    }
    Ticket ticket =
        TicketDesk.ticket(moment, id, command.player(), draw.orElseThrow(), command.wager());
    return Decision.of(
        new ForeignEvent.GuestSealed(ticket),
        () -> new LotteryReply.TicketSealed(ticket.receipt(), false));
  }

  private static Optional<Refusal> priceProblem(Draw draw, Wager wager, Money stake) {
    Money price = draw.price().times(TicketDesk.count(wager));
    return price.equals(stake)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalCode.PRICE_DIFFERS,
                "draw",
                "it costs %s, reserved was %s".formatted(price, stake)));
  }

  private Decision refused(DrawRef draw, TicketId id, Refusal why) {
    LotteryReply reply = new LotteryReply.ForeignRefused(id, why);
    boolean maySell = state.draw(draw).map(known -> known.phase() == DrawState.OPEN).orElse(true);
    return maySell
        ? Decision.of(new ForeignEvent.GuestRefused(draw, id, why), () -> reply)
        : Decision.known(reply);
  }

  Decision withdraw(ForeignCommand.WithdrawForeign command) {
    TicketId id = command.ticket();
    Refusal why =
        new Refusal(RefusalCode.WITHDRAWN, "ticket", "it was given back before its draw closed");
    boolean open =
        state.draw(command.draw()).map(draw -> draw.phase() == DrawState.OPEN).orElse(true);
    boolean lettable =
        open
            && state
                .branch(command.draw().branch())
                .flatMap(branch -> branch.ticket(id))
                .filter(ticket -> ticket.player().equals(command.player()))
                .isPresent();
    return lettable
        ? Decision.of(
            new ForeignEvent.GuestWithdrawn(command.draw(), id, why),
            () -> new LotteryReply.ForeignRefused(id, why))
        : answered(command.draw(), id).orElseGet(() -> refused(command.draw(), id, why));
  }

  Decision taken(ForeignCommand.SettlementTaken command) {
    Guests.Account account = new Guests.Account(command.draw(), command.home());
    boolean awaited =
        state
            .branch(command.draw().branch())
            .map(branch -> branch.guests().owed().get(account))
            .filter(owed -> owed.next() == command.part())
            .isPresent();
    LotteryReply reply = new LotteryReply.ForeignSettled(command.draw(), command.part());
    return awaited
        ? Decision.of(new ForeignEvent.SettlementTaken(command.draw(), command.home()), () -> reply)
        : Decision.known(reply);
  }
}
