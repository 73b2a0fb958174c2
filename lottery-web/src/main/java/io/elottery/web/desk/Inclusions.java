package io.elottery.web.desk;

import io.elottery.ledger.head.CountersignedHead;
import io.elottery.lottery.answer.LotteryAnswer.DrawFound;
import io.elottery.lottery.answer.LotteryAnswer.SaleProven;
import io.elottery.lottery.answer.LotteryAnswer.TicketFound;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.ledger.Heads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/**
 * Proves a player that a ticket is part of what the copies of its draw's shard signed: under the
 * last head that this gateway knows.
 */
public final class Inclusions {
  private static final Duration NEXT_HEAD = Duration.ofSeconds(20);

  private final Desk desk;
  private final IntFunction<Heads> shelf;

  /**
   * @param shelf the heads known of a shard, oldest first; any thread
   */
  public Inclusions(Desk desk, IntFunction<Heads> shelf) {
    this.desk = desk;
    this.shelf = shelf;
  }

  /**
   * A proof with the head that it is under.
   *
   * @param authority certificate, DER, of whoever certified the head's signers
   */
  public record Inclusion(
      TicketId ticket, CountersignedHead head, Optional<byte[]> authority, SaleProven proof) {}

  /** That the player's ticket is included; a refusal is exceptional. */
  public CompletableFuture<Inclusion> of(WebRequest at, PlayerId player, TicketId ticket) {
    return desk.ask(at, new LotteryQuery.TicketById(player, ticket, Optional.empty()))
        .thenCompose(
            answer ->
                answer instanceof TicketFound found
                    ? shard(at, found.ticket().receipt())
                    : CompletableFuture.failedFuture(
                        Problem.notFound("You have no ticket with this number.").unacceptable()));
  }

  private CompletableFuture<Inclusion> shard(WebRequest at, Receipt receipt) {
    return desk.locate(at, new LotteryQuery.GetDraw(receipt.draw()), DrawFound.class)
        .thenCompose(located -> under(at, receipt, shelf.apply(located.shard())));
  }

  private CompletableFuture<Inclusion> under(WebRequest at, Receipt receipt, Heads known) {
    List<CountersignedHead> heads = known.items();
    if (heads.isEmpty() || heads.get(heads.size() - 1).head().commands() < receipt.position()) {
      throw new CompletionException(notYet());
    }
    CountersignedHead last = heads.get(heads.size() - 1);
    DrawRef draw = receipt.draw();
    return desk.ask(
            at,
            new LotteryQuery.SaleProof(draw, receipt.ticket(), last.head().commands()),
            SaleProven.class)
        .thenApply(proof -> new Inclusion(receipt.ticket(), last, known.authority(), proof));
  }

  private static Unacceptable notYet() {
    return Problem.of(
            404,
            "NOT_YET",
            "The copies have not signed it yet",
            "What was sold is signed at least once a minute, and known here within a few seconds.")
        .after(NEXT_HEAD)
        .unacceptable();
  }
}
