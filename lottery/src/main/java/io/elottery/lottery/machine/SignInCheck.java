package io.elottery.lottery.machine;

import io.elottery.lottery.command.Requester;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.session.Session;
import java.util.Optional;

/** Says whether somebody may do what they ask. */
final class SignInCheck {
  private SignInCheck() {}

  /** Why this player with this token may not act now; empty: they may. */
  static Optional<Refusal> problem(
      Optional<Player> player, Octets tokenHash, PlayerId.Kind wanted, Moment moment) {
    Optional<Session> session = player.flatMap(known -> known.session(tokenHash));
    if (session.isEmpty()) {
      return Optional.of(
          new Refusal(
              RefusalCode.NOT_SIGNED_IN, "token", "no session with this token: sign in again"));
    }
    if (session.get().isOver(moment.stamp())) {
      return Optional.of(
          new Refusal(RefusalCode.SESSION_EXPIRED, "token", "the session is over: sign in again"));
    }
    if (player.get().id().kind() != wanted) {
      String who = wanted == PlayerId.Kind.CUSTOMER ? "a customer" : "an operator";
      return Optional.of(
          new Refusal(
              RefusalCode.NOT_ALLOWED,
              "",
              player.get().id() + " is not " + who + ": expected one"));
    }
    return Optional.empty();
  }

  /** Why this requester may not change draws of the branch; empty: they may. */
  static Optional<Refusal> problem(ShardState state, Requester by, BranchId branch, Moment moment) {
    if (by.tokenHash().isEmpty()) {
      return Optional.empty();
    }
    PlayerId operator;
    try {
      operator = PlayerId.parse(by.name());
    } catch (IllegalArgumentException notAnId) {
      return Optional.of(
          new Refusal(RefusalCode.INVALID, "by", String.valueOf(notAnId.getMessage())));
    }
    if (!operator.branch().equals(branch)) {
      return Optional.of(
          new Refusal(
              RefusalCode.OTHER_BRANCH,
              "draw",
              operator + " is staff of " + operator.branch() + ": expected a draw of its own"));
    }
    return problem(state.player(operator), by.tokenHash().get(), PlayerId.Kind.OPERATOR, moment);
  }
}
