package io.elottery.controller.app;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import java.util.function.BiPredicate;

/**
 * Whose calls main passes on to the writers: the auditors' own steps and questions, since they
 * reach no worker, and a limited number of the gateways', who use main only when they reach no
 * worker of a shard: {@value #PER_SECOND} a second by a token bucket. On main's loop.
 */
final class RelayGate implements BiPredicate<Peer, CommandCall> {
  private static final int PER_SECOND = 100;
  private static final int BURST = 200;
  private static final double NANOS = 1e9;
  private static final String AUDITOR = "AUDITOR"; // How every auditor's party name begins.

  private final Time time;
  private double tokens = BURST;
  private long filledAt;

  RelayGate(Time time) {
    this.time = time;
    this.filledAt = time.nanos();
  }

  @Override
  public boolean test(Peer from, CommandCall call) {
    return switch (from.role()) {
      case AUDITOR -> !call.isCommand() || isAuditorsStep(call.body());
      case STAFF -> true;
      case GATEWAY -> takeToken();
      default -> false;
    };
  }

  /** An auditor takes its own steps of draws and nobody else's: it is not LEFT, nor a player. */
  private static boolean isAuditorsStep(byte[] command) {
    try {
      return LotteryCommand.decode(command) instanceof PartyCommand step
          && step.party().text().startsWith(AUDITOR);
    } catch (MalformedMessage unreadable) {
      return false;
    }
  }

  private boolean takeToken() {
    long now = time.nanos();
    tokens = Math.min(BURST, tokens + (now - filledAt) / NANOS * PER_SECOND);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
