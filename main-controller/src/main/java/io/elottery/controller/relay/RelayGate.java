package io.elottery.controller.relay;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.mailroom.RelayRule;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whose calls main passes on to the writers: the auditors' own steps and questions, since they
 * reach no worker, and a limited number of the gateways', who use main only when they reach no
 * worker of a shard: a token bucket decides. On the relay's loop.
 */
final class RelayGate implements RelayRule {
  private static final double NANOS = 1e9;
  private static final String AUDITOR = "AUDITOR"; // How every auditor's party name begins.

  private final Time time;
  private final RelayConfig config;
  // Read by the thread that serves the meters.
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private double tokens;
  private long filledAt;

  RelayGate(Time time, RelayConfig config) {
    this.time = time;
    this.config = config;
    this.tokens = config.burst();
    this.filledAt = time.nanos();
  }

  @Override
  public Ruling of(Peer from, CommandCall call) {
    return switch (from.role()) {
      case AUDITOR ->
          !call.isCommand() || isAuditorsStep(call.body()) ? Ruling.PASS : Ruling.NOT_ALLOWED;
      case STAFF -> Ruling.PASS;
      case GATEWAY -> {
        boolean taken = takeToken();
        (taken ? served : refused).incrementAndGet();
        yield taken ? Ruling.PASS : Ruling.BUSY;
      }
      default -> Ruling.NOT_ALLOWED;
    };
  }

  @Override
  public Ruling ofHeads(Peer from) {
    return switch (from.role()) {
      case AUDITOR, STAFF -> Ruling.PASS;
      default -> Ruling.NOT_ALLOWED;
    };
  }

  long served() {
    return served.get();
  }

  long refused() {
    return refused.get();
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
    tokens = Math.min(config.burst(), tokens + (now - filledAt) / NANOS * config.perSecond());
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
