package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForeignCommand.Payment;
import io.elottery.lottery.command.ForeignCommand.SettleForeign;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a draw that has ended owes to players of other branches. */
final class Settling {
  private Settling() {}

  static boolean isGuest(Ticket ticket) {
    return !ticket.player().branch().equals(ticket.draw().ref().branch());
  }

  /** The branches that have tickets in the draw beside its own. */
  static SortedSet<BranchId> homes(Draw draw) {
    TreeSet<BranchId> homes = new TreeSet<>();
    for (Ticket ticket : draw.tickets()) {
      if (isGuest(ticket)) {
        homes.add(ticket.player().branch());
      }
    }
    return homes;
  }

  /** What each of a home's tickets gets, in the order sold; those that get nothing are left out. */
  static List<Payment> payments(Draw draw, BranchId home) {
    List<Payment> payments = new ArrayList<>();
    boolean returned = draw.phase() == DrawState.VOID;
    Counting counting = returned ? null : Counting.of(draw);
    for (Ticket ticket : draw.tickets()) {
      if (ticket.player().branch().equals(home)) {
        long amount = counting == null ? ticket.price().minorUnits() : counting.prize(ticket);
        if (amount > 0) {
          payments.add(new Payment(ticket.player(), ticket.id(), amount));
        }
      }
    }
    return payments;
  }

  static int parts(int payments) {
    return Math.max(1, (payments + SettleForeign.PAYMENTS_MAX - 1) / SettleForeign.PAYMENTS_MAX);
  }

  static SettleForeign part(Draw draw, BranchId home, int part) {
    List<Payment> all = payments(draw, home);
    int from = part * SettleForeign.PAYMENTS_MAX;
    int to = Math.min(from + SettleForeign.PAYMENTS_MAX, all.size());
    return new SettleForeign(
        draw.ref(),
        home,
        draw.phase(),
        draw.book().rules().currency(),
        part,
        part + 1 == parts(all.size()),
        all.subList(Math.min(from, to), to));
  }
}
