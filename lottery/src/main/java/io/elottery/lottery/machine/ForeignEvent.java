package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForeignCommand.Payment;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.ticket.Receipt;
import java.util.List;

/** Something that happened to a wager in a draw of another branch, at either end. */
sealed interface ForeignEvent extends LotteryEvent {
  /** What to do for each. */
  interface Cases {
    void stakeReserved(StakeReserved event);

    void ticketConfirmed(TicketConfirmed event);

    void stakeReleased(StakeReleased event);

    void withdrawalAsked(WithdrawalAsked event);

    void drawSettled(DrawSettled event);

    void guestSealed(GuestSealed event);

    void guestRefused(GuestRefused event);

    void guestWithdrawn(GuestWithdrawn event);

    void settlementTaken(SettlementTaken event);
  }

  /** Calls the case that this is. */
  void match(Cases cases);

  @Override
  default void match(LotteryEvent.Cases cases) {
    cases.foreign(this);
  }

  record StakeReserved(ForeignTicket ticket) implements ForeignEvent {
    @Override
    public String actorKey() {
      return ticket.asked().player().actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.stakeReserved(this);
    }
  }

  record TicketConfirmed(PlayerId player, Receipt receipt, boolean stays) implements ForeignEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.ticketConfirmed(this);
    }
  }

  record StakeReleased(PlayerId player, TicketId ticket, Refusal why) implements ForeignEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.stakeReleased(this);
    }
  }

  record WithdrawalAsked(PlayerId player, TicketId ticket) implements ForeignEvent {
    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.withdrawalAsked(this);
    }
  }

  /** At the players' home. */
  record DrawSettled(
      DrawRef draw,
      BranchId home,
      DrawState outcome,
      String currency,
      boolean last,
      List<Payment> payments,
      long at)
      implements ForeignEvent {
    @Override
    public String actorKey() {
      return home.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.drawSettled(this);
    }
  }

  record GuestSealed(Ticket ticket) implements ForeignEvent {
    @Override
    public String actorKey() {
      return ticket.draw().ref().actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.guestSealed(this);
    }
  }

  record GuestRefused(DrawRef draw, TicketId ticket, Refusal why) implements ForeignEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.guestRefused(this);
    }
  }

  record GuestWithdrawn(DrawRef draw, TicketId ticket, Refusal why) implements ForeignEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.guestWithdrawn(this);
    }
  }

  /** At the draw. */
  record SettlementTaken(DrawRef draw, BranchId home) implements ForeignEvent {
    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public void match(Cases cases) {
      cases.settlementTaken(this);
    }
  }
}
