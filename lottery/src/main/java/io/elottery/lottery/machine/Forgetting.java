package io.elottery.lottery.machine;

import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets go what ended long ago. A draw whose money is settled everywhere leaves with its tickets;
 * one that still owes another branch, or that is disputed, stays.
 */
final class Forgetting {
  private static final int DRAWS_MAX = 64; // of one event, which walks through all players

  private Forgetting() {}

  /** When the oldest ended draw is due to go. */
  static Optional<Instant> next(ShardState state, Duration keep) {
    for (ShardState.Due ended : state.ended()) {
      if (!owes(state, ended.draw())) {
        return Optional.of(Instant.ofEpochMilli(ended.at()).plus(keep));
      }
    }
    return Optional.empty();
  }

  private static boolean owes(ShardState state, DrawRef draw) {
    return state.branch(draw.branch()).filter(branch -> branch.guests().owes(draw)).isPresent();
  }

  static Decision decide(ShardState state, Moment moment, ForgetEnded command) {
    if (command.keep().compareTo(ForgetEnded.KEEP_MIN) < 0) {
      return Decision.refused(
          RefusalCode.INVALID,
          "keep",
          command.keep() + ": expected " + ForgetEnded.KEEP_MIN.toDays() + " days or more");
    }
    long before = moment.stamp() - command.keep().toMillis();
    List<DrawRef> draws = new ArrayList<>();
    for (ShardState.Due ended : state.ended()) {
      if (ended.at() > before || draws.size() == DRAWS_MAX) {
        break;
      }
      if (!owes(state, ended.draw())) {
        draws.add(ended.draw());
      }
    }
    LotteryReply reply = new LotteryReply.Ticked(draws.size());
    return draws.isEmpty()
        ? Decision.known(reply)
        : Decision.of(new LotteryEvent.EndedForgotten(List.copyOf(draws), before), () -> reply);
  }

  /** For {@link Apply}. */
  static void apply(ShardState state, LotteryEvent.EndedForgotten event) {
    state
        .pages()
        .forget(event.draws().stream().flatMap(draw -> state.draw(draw).stream()).toList());
    for (BranchId branch : List.copyOf(state.branches().keySet())) {
      state.branchToChange(branch).forget(event.draws(), event.endedBefore());
    }
    event.draws().forEach(state::forget);
    state.letGo(event.endedBefore());
    state.digest().forget(event.draws());
  }
}
