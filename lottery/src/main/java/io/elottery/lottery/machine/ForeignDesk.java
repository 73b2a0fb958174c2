package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.util.Optional;

/**
 * Decides at a player's home about wagers in draws of another branch; what the draw decides is
 * {@link GuestDesk}'s. Everything may come twice and in any order: what the draw says is true for
 * ever, so only the first of it changes something.
 */
final class ForeignDesk implements ForeignCommand.Cases<Decision> {
  /** The most wagers of one player that draws have not answered yet. */
  static final int OPEN_MAX = 100;

  private static final long STAKE_MAX = 1L << 53; // minor units

  private final ShardState state;
  private final Moment moment;
  private final GuestDesk guests;

  ForeignDesk(ShardState state, Moment moment) {
    this.state = state;
    this.moment = moment;
    this.guests = new GuestDesk(state, moment);
  }

  @Override
  public Decision buyForeign(ForeignCommand.BuyForeign command) {
    Optional<Player> player = state.player(command.player());
    Optional<Refusal> notAllowed =
        SignInCheck.problem(player, command.tokenHash(), PlayerId.Kind.CUSTOMER, moment);
    if (notAllowed.isPresent()) {
      return Decision.refused(notAllowed.get());
    }
    TicketId id = TicketId.of(command.player(), command.draw(), command.key());
    Optional<ForeignTicket> repeated = ticket(command.player(), id);
    if (repeated.isPresent()) {
      return repeated.get().isFor(command.wager())
          ? Decision.known(standing(repeated.get()))
          : Decision.refused(TicketDesk.keyReused());
    }
    Money stake = command.stake();
    if (command.draw().branch().equals(command.player().branch())
        || stake.minorUnits() < 0
        || stake.minorUnits() > STAKE_MAX) {
      return Decision.refused(
          RefusalCode.INVALID,
          "stake",
          "%s for %s: expected a price in another branch".formatted(stake, command.draw()));
    }
    if (player.get().openAbroad() >= OPEN_MAX) {
      return Decision.refused(
          RefusalCode.LIMIT,
          "draw",
          OPEN_MAX + " wagers in other branches wait for their draws: try again later");
    }
    Optional<Refusal> problem = TicketDesk.moneyProblem(player.get(), stake);
    if (problem.isPresent()) {
      return Decision.refused(problem.get());
    }
    ForeignTicket ticket =
        new ForeignTicket(
            new ForeignTicket.Asked(
                command.player(),
                command.draw(),
                command.key(),
                stake,
                moment.position(),
                moment.stamp()),
            command.wager());
    return Decision.of(
        new ForeignEvent.StakeReserved(ticket), () -> new LotteryReply.TicketPending(id, false));
  }

  private Optional<ForeignTicket> ticket(PlayerId player, TicketId id) {
    return state
        .branch(player.branch())
        .flatMap(branch -> branch.abroad().ticket(id))
        .filter(ticket -> ticket.asked().player().equals(player));
  }

  private static LotteryReply standing(ForeignTicket ticket) {
    if (ticket.receipt().isPresent()) {
      return new LotteryReply.TicketSealed(ticket.receipt().get(), true);
    }
    return ticket
        .why()
        .map(why -> (LotteryReply) new LotteryReply.Refused(why))
        .orElseGet(() -> new LotteryReply.TicketPending(ticket.id(), true));
  }

  /** The player wants a foreign ticket's stake back; empty when it is none. */
  Optional<Decision> cancel(PlayerId player, TicketId id) {
    return ticket(player, id).map(this::cancel);
  }

  private Decision cancel(ForeignTicket ticket) {
    PlayerId player = ticket.asked().player();
    switch (ticket.phase()) {
      case CANCELLED:
        return Decision.known(
            new LotteryReply.TicketReturned(ticket.id(), ticket.asked().stake(), true));
      case REFUSED:
        return Decision.refused(
            RefusalCode.UNKNOWN_TICKET, "ticket", ticket.id() + " was refused by its draw");
      case RESERVED, SEALED:
      default:
        break;
    }
    boolean ended =
        state
            .branch(player.branch())
            .flatMap(branch -> branch.abroad().ended(ticket.asked().draw()))
            .isPresent();
    if (ended) {
      return Decision.refused(
          RefusalCode.DRAW_CLOSED, "ticket", ticket.asked().draw() + " has ended: it stays");
    }
    if (ticket.isWithdrawing()) {
      return Decision.known(new LotteryReply.TicketPending(ticket.id(), true));
    }
    return Decision.of(
        new ForeignEvent.WithdrawalAsked(player, ticket.id()),
        () -> new LotteryReply.TicketPending(ticket.id(), false));
  }

  @Override
  public Decision confirmForeign(ForeignCommand.ConfirmForeign command) {
    TicketId id = command.receipt().ticket();
    Optional<ForeignTicket> found = ticket(command.player(), id);
    if (found.isEmpty()) {
      return unknown(command.player(), id);
    }
    ForeignTicket ticket = found.get();
    boolean news =
        ticket.phase() == ForeignTicket.Phase.RESERVED
            || (ticket.isWithdrawing() && command.stays());
    return news
        ? Decision.of(
            new ForeignEvent.TicketConfirmed(command.player(), command.receipt(), command.stays()),
            () -> new LotteryReply.ForeignNoted(id))
        : Decision.known(new LotteryReply.ForeignNoted(id));
  }

  @Override
  public Decision releaseForeign(ForeignCommand.ReleaseForeign command) {
    Optional<ForeignTicket> found = ticket(command.player(), command.ticket());
    // A refused one may be forgotten: then nothing is held for it either.
    return found.filter(ForeignTicket::isOpen).isPresent()
        ? Decision.of(
            new ForeignEvent.StakeReleased(command.player(), command.ticket(), command.why()),
            () -> new LotteryReply.ForeignNoted(command.ticket()))
        : Decision.known(new LotteryReply.ForeignNoted(command.ticket()));
  }

  private static Decision unknown(PlayerId player, TicketId ticket) {
    return Decision.refused(
        RefusalCode.UNKNOWN_TICKET, "ticket", ticket + " is not reserved for " + player);
  }

  @Override
  public Decision settleForeign(ForeignCommand.SettleForeign command) {
    int taken =
        state
            .branch(command.home())
            .flatMap(branch -> branch.abroad().ended(command.draw()))
            .map(Abroad.Ended::parts)
            .orElse(0);
    LotteryReply settled = new LotteryReply.ForeignSettled(command.draw(), command.part());
    if (command.part() < taken) {
      return Decision.known(settled);
    }
    if (command.part() > taken
        || (command.outcome() != DrawState.CERTIFIED && command.outcome() != DrawState.VOID)) {
      return Decision.refused(
          RefusalCode.STEP_MISSING,
          "part",
          "%s, part %d as %s: expected part %d"
              .formatted(command.draw(), command.part(), command.outcome(), taken));
    }
    for (ForeignCommand.Payment payment : command.payments()) {
      Optional<ForeignTicket> ticket = ticket(payment.player(), payment.ticket());
      if (!payment.player().branch().equals(command.home())
          || ticket.isEmpty()
          || !ticket.get().asked().stake().currency().equals(command.currency())) {
        return unknown(payment.player(), payment.ticket());
      }
    }
    return Decision.of(
        new ForeignEvent.DrawSettled(
            command.draw(),
            command.home(),
            command.outcome(),
            command.currency(),
            command.last(),
            command.payments(),
            moment.stamp()),
        () -> settled);
  }

  @Override
  public Decision sealForeign(ForeignCommand.SealForeign command) {
    return guests.seal(command);
  }

  @Override
  public Decision withdrawForeign(ForeignCommand.WithdrawForeign command) {
    return guests.withdraw(command);
  }

  @Override
  public Decision settlementTaken(ForeignCommand.SettlementTaken command) {
    return guests.taken(command);
  }
}
