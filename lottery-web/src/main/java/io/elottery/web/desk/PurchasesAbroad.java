package io.elottery.web.desk;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.ForeignCommand.BuyForeign;
import io.elottery.lottery.command.TicketCommand.CancelTicket;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Wagers in draws of other branches: the stake is reserved at the player's home, and the draw is
 * given a moment to answer. What it has not answered by then is pending, and goes on without us.
 */
final class PurchasesAbroad {
  // Asked again after each of these: usually the draw has answered by the second time.
  private static final int[] PAUSES = {5, 10, 20, 40, 80, 160, 320, 500, 500}; // ms

  private final Desk desk;

  PurchasesAbroad(Desk desk) {
    this.desk = desk;
  }

  /** A purchase; without a receipt it is pending. */
  record Bought(Optional<Receipt> receipt, boolean repeated) {
    static final Bought PENDING = new Bought(Optional.empty(), false);
  }

  CompletableFuture<Bought> buy(
      WebRequest at, SessionToken token, DrawRef draw, Wager wager, RequestKey key) {
    return desk.ask(at, new LotteryQuery.GetDraw(draw), LotteryAnswer.DrawFound.class)
        .thenCompose(
            found ->
                desk.deliver(
                    at,
                    new BuyForeign(
                        token.player(),
                        token.digest(),
                        draw,
                        wager,
                        key,
                        found.draw().summary().price().times(lines(wager)))))
        .thenCompose(delivery -> bought(at, token.player(), delivery));
  }

  private static int lines(Wager wager) {
    return wager.match(
        new Wager.Cases<>() {
          @Override
          public Integer marked(Wager.Marked marked) {
            return marked.lines().size();
          }

          @Override
          public Integer quickPick(Wager.QuickPick pick) {
            return pick.lines();
          }
        });
  }

  private CompletableFuture<Bought> bought(WebRequest at, PlayerId player, Delivery delivery) {
    if (delivery instanceof Delivery.Unknown) {
      return CompletableFuture.completedFuture(Bought.PENDING);
    }
    LotteryReply reply = Desk.reply(Problems.bodyOrThrow(delivery, true));
    if (reply instanceof LotteryReply.TicketSealed sealed) {
      return CompletableFuture.completedFuture(new Bought(Optional.of(sealed.receipt()), true));
    }
    LotteryReply.TicketPending pending = LotteryReply.TicketPending.class.cast(reply);
    return settled(at, player, pending.ticket(), 0)
        .thenApply(
            answer ->
                answer
                    .map(now -> new Bought(Optional.of(receipt(now)), pending.repeated()))
                    .orElse(Bought.PENDING));
  }

  private static Receipt receipt(LotteryAnswer answer) {
    if (answer instanceof LotteryAnswer.TicketFound found) {
      return found.ticket().receipt();
    }
    throw refused(((LotteryAnswer.TicketMissing) answer).why());
  }

  private static CompletionException refused(Optional<Refusal> why) {
    Refusal refusal =
        why.orElse(new Refusal(RefusalCode.UNKNOWN_TICKET, "ticket", "it is not in the draw"));
    return new CompletionException(Problems.of(refusal).unacceptable());
  }

  /** What a cancellation that the draw must agree to came to; empty while it has not answered. */
  CompletableFuture<Optional<LotteryReply.TicketReturned>> cancelled(
      WebRequest at, CancelTicket command) {
    return settled(at, command.player(), command.ticket(), 0)
        .thenCompose(
            answer -> {
              if (answer.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              if (answer.get() instanceof LotteryAnswer.TicketFound found
                  && found.ticket().state() != TicketState.CANCELLED) {
                throw refused(
                    Optional.of(
                        new Refusal(
                            RefusalCode.DRAW_CLOSED,
                            "ticket",
                            found.ticket().receipt().draw() + " is closed: its tickets stay")));
              }
              return desk.tell(at, command, LotteryReply.TicketReturned.class)
                  .thenApply(Optional::of);
            });
  }

  // The home's word, once the draw has answered; empty when it has not in time or home is away.
  private CompletableFuture<Optional<LotteryAnswer>> settled(
      WebRequest at, PlayerId player, TicketId ticket, int tries) {
    if (tries == PAUSES.length) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    LotteryQuery query = new LotteryQuery.TicketById(player, ticket, Optional.empty());
    return desk.pause(at, Duration.ofMillis(PAUSES[tries]))
        .thenCompose(paused -> desk.ask(at, query))
        .handle((answer, away) -> Optional.ofNullable(answer))
        .thenCompose(
            answer ->
                answer.filter(PurchasesAbroad::isSettled).isPresent()
                    ? CompletableFuture.completedFuture(answer)
                    : settled(at, player, ticket, tries + 1));
  }

  private static boolean isSettled(LotteryAnswer answer) {
    return answer instanceof LotteryAnswer.TicketFound found
        ? found.ticket().state() != TicketState.CANCELLING
        : answer instanceof LotteryAnswer.TicketMissing missing && !missing.mayStillCome();
  }
}
