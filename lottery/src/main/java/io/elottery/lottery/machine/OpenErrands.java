package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.foreign.ForeignErrand;
import io.elottery.lottery.register.ForeignTicket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;

/** What a shard's state says must be told to other shards. */
final class OpenErrands {
  private OpenErrands() {}

  /**
   * Errands, oldest first for each other branch.
   *
   * @param most for each other branch, so that one that does not answer holds no other up
   * @param underWay ids of those that are not wanted; they count
   */
  static List<ForeignErrand> of(ShardState state, int most, Predicate<String> underWay) {
    List<ForeignErrand> errands = new ArrayList<>();
    for (Branch branch : state.branches().values()) {
      branch.abroad().open().values().forEach(open -> tickets(open, most, underWay, errands));
      settlements(state, branch, most, underWay, errands);
    }
    return errands;
  }

  private static void tickets(
      NavigableMap<Long, ForeignTicket> open,
      int most,
      Predicate<String> underWay,
      List<ForeignErrand> errands) {
    int left = most;
    for (ForeignTicket ticket : open.values()) {
      if (left-- == 0) {
        return;
      }
      String id = (ticket.isWithdrawing() ? "withdraw/" : "seal/") + ticket.id();
      if (!underWay.test(id)) {
        errands.add(new ForeignErrand(id, command(ticket)));
      }
    }
  }

  private static ForeignCommand command(ForeignTicket ticket) {
    ForeignTicket.Asked asked = ticket.asked();
    return ticket.isWithdrawing()
        ? new ForeignCommand.WithdrawForeign(asked.player(), asked.draw(), ticket.id())
        : new ForeignCommand.SealForeign(
            asked.player(), asked.draw(), ticket.wager().orElseThrow(), asked.key(), asked.stake());
  }

  private static void settlements(
      ShardState state,
      Branch branch,
      int most,
      Predicate<String> underWay,
      List<ForeignErrand> errands) {
    int left = most;
    for (Map.Entry<Guests.Account, Guests.Owed> owed : branch.guests().owed().entrySet()) {
      if (left-- == 0) {
        return;
      }
      Guests.Account account = owed.getKey();
      int part = owed.getValue().next();
      String id = "settle/" + account.draw() + "/" + account.home() + "/" + part;
      if (!underWay.test(id)) {
        ForeignCommand command =
            Settling.part(state.draw(account.draw()).orElseThrow(), account.home(), part);
        errands.add(new ForeignErrand(id, command));
      }
    }
  }
}
