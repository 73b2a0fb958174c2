package io.elottery.web.desk;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.command.TicketCommand.BuyTicket;
import io.elottery.lottery.command.TicketCommand.CancelTicket;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.LotteryReply.TicketReturned;
import io.elottery.lottery.reply.LotteryReply.TicketSealed;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Buying and cancelling tickets. */
public final class Purchases {
  private final Desk desk;
  private final PurchasesAbroad abroad;

  /** At this desk. */
  public Purchases(Desk desk) {
    this.desk = desk;
    this.abroad = new PurchasesAbroad(desk);
  }

  /** What became of a purchase that was not refused. */
  public sealed interface Purchase {
    /** Answers the case. */
    <R> R match(Cases<R> cases);

    /** One method for each case. */
    interface Cases<R> {
      /** In the draw. */
      R sealed(Receipt receipt, boolean repeated);

      /** Nobody knows yet; the same key again tells. */
      R pending(TicketId ticket);
    }
  }

  private record Sealed(Receipt receipt, boolean repeated) implements Purchase {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sealed(receipt, repeated);
    }
  }

  private record Pending(TicketId ticket) implements Purchase {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pending(ticket);
    }
  }

  /**
   * Buys, once for each key, however often it is asked. A refusal is exceptional. In a draw of
   * another branch than the player's this waits a moment for that branch's answer.
   */
  public CompletableFuture<Purchase> buy(
      WebRequest at, SessionToken token, DrawRef draw, Wager wager, RequestKey key) {
    if (!draw.branch().equals(token.player().branch())) {
      return abroad
          .buy(at, token, draw, wager, key)
          .thenApply(
              bought ->
                  bought.receipt().isPresent()
                      ? new Sealed(bought.receipt().get(), bought.repeated())
                      : new Pending(TicketId.of(token.player(), draw, key)));
    }
    BuyTicket command = new BuyTicket(token.player(), token.digest(), draw, wager, key);
    return desk.deliver(at, command)
        .thenApply(
            delivery -> {
              if (delivery instanceof Delivery.Unknown) {
                return new Pending(TicketId.of(token.player(), draw, key));
              }
              TicketSealed reply =
                  TicketSealed.class.cast(Desk.reply(Problems.bodyOrThrow(delivery, true)));
              return new Sealed(reply.receipt(), reply.repeated());
            });
  }

  /**
   * Gives a ticket back before its draw closes; empty while the draw, which is of another branch,
   * has not answered.
   */
  public CompletableFuture<Optional<TicketReturned>> cancel(
      WebRequest at, SessionToken token, TicketId ticket) {
    CancelTicket command = new CancelTicket(token.player(), token.digest(), ticket);
    return desk.tell(at, command, LotteryReply.class)
        .thenCompose(
            reply ->
                reply instanceof TicketReturned returned
                    ? CompletableFuture.completedFuture(Optional.of(returned))
                    : abroad.cancelled(at, command));
  }
}
