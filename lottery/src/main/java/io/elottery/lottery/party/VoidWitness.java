package io.elottery.lottery.party;

import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.shares.SealedShare;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agrees for one party that a stalled draw is void, after looking itself: a fresh read of the draw
 * says that it has no numbers, waits for others and has waited long enough by this party's own
 * clock. On its ledger's loop.
 */
public final class VoidWitness {
  /** {@code draws.stall}: how long a party must have withheld before a draw may be void. */
  public static final Duration STALL = Duration.ofDays(7);

  private static final Logger log = LoggerFactory.getLogger(VoidWitness.class);

  private final PartyName party;
  private final PartySecret secret;
  private final DrawLedger ledger;
  private final Time time;
  private final Duration stall;

  /**
   * @param stall how long the draw must have waited; {@link #STALL} unless configured
   */
  public VoidWitness(
      PartyName party, PartySecret secret, DrawLedger ledger, Time time, Duration stall) {
    this.party = party;
    this.secret = secret;
    this.ledger = ledger;
    this.time = time;
    this.stall = stall;
  }

  /** Its signature, or empty when it does not agree or cannot see the draw. */
  public CompletableFuture<Optional<VoidConsent>> consent(
      DrawRef draw, String reason, Octets approval) {
    return LeafLists.ask(ledger, new LotteryQuery.GetDraw(draw), LotteryAnswer.DrawFound.class)
        .thenApply(
            found -> {
              Optional<String> whyNot =
                  found.isEmpty()
                      ? Optional.of("the draw cannot be read")
                      : whyNot(party, found.get().draw().summary(), time.now(), stall);
              if (whyNot.isPresent()) {
                log.warn("{} does not agree that {} is void: {}", party, draw, whyNot.get());
                return Optional.empty();
              }
              byte[] text = SealedShare.voidText(draw.toString(), approval.toBytes(), reason);
              log.info("{} agrees that {} is void: {}", party, draw, reason);
              return Optional.of(new VoidConsent(party, Octets.of(secret.sign(text))));
            });
  }

  /** Why the party does not agree; empty when it does. */
  static Optional<String> whyNot(PartyName party, DrawSummary draw, Instant now, Duration stall) {
    Instant earliest = draw.since().plus(stall);
    if (draw.state() != DrawState.STALLED) {
      return Optional.of("it is " + draw.state() + ": expected STALLED");
    }
    if (draw.waitingFor().contains(party)) {
      return Optional.of("it waits for " + party + " itself");
    }
    if (now.isBefore(earliest)) {
      return Optional.of("it waits since " + draw.since() + ": not before " + earliest);
    }
    return Optional.empty();
  }
}
