package io.elottery.web.desk;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.ledger.Ledger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Speaks with the ledger in commands and queries. Futures complete on the request's executor; when
 * there is no answer to go on with they complete exceptionally with {@link
 * io.elottery.web.exchange.Unacceptable}, which says what the caller is told.
 */
public final class Desk {
  private final Ledger ledger;
  private final ReadSample sample = new ReadSample();

  /** Before this ledger. */
  public Desk(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Has a command decided and expects this reply. */
  public <T extends LotteryReply> CompletableFuture<T> tell(
      WebRequest at, LotteryCommand command, Class<T> expected) {
    return deliver(at, command)
        .thenApply(delivery -> expected.cast(reply(Problems.bodyOrThrow(delivery, true))));
  }

  /** Asks and expects this answer. */
  public <T extends LotteryAnswer> CompletableFuture<T> ask(
      WebRequest at, LotteryQuery query, Class<T> expected) {
    return asked(query)
        .thenApplyAsync(
            delivery -> expected.cast(answer(Problems.bodyOrThrow(delivery, false))),
            at.executor());
  }

  // Results come from several copies, which have to agree; of other reads a sample does.
  private CompletableFuture<Delivery> asked(LotteryQuery query) {
    boolean confirmed = sample.isConfirmed(query);
    byte[] body = query.encode();
    return confirmed ? ledger.confirm(query.actorKey(), body) : ledger.ask(query.actorKey(), body);
  }

  /**
   * An answer and where it came from.
   *
   * @param shard its number
   */
  public record Located<T>(int shard, T answer) {}

  /** Asks and says which shard answered. */
  public <T extends LotteryAnswer> CompletableFuture<Located<T>> locate(
      WebRequest at, LotteryQuery query, Class<T> expected) {
    return ledger
        .ask(query.actorKey(), query.encode())
        .thenApplyAsync(
            delivery ->
                new Located<>(
                    delivery instanceof Delivery.Answered answered ? answered.shard().number() : -1,
                    expected.cast(answer(Problems.bodyOrThrow(delivery, false)))),
            at.executor());
  }

  /** Completes after that time, on the request's executor. */
  CompletableFuture<Void> pause(WebRequest at, Duration time) {
    return ledger.pause(time).thenApplyAsync(done -> null, at.executor());
  }

  /** Asks and takes whatever is found; only a refusal is exceptional. */
  public CompletableFuture<LotteryAnswer> ask(WebRequest at, LotteryQuery query) {
    return ask(at, query, LotteryAnswer.class);
  }

  /** Has a command decided; what became of it is the caller's to say. */
  CompletableFuture<Delivery> deliver(WebRequest at, LotteryCommand command) {
    return ledger
        .deliver(command.actorKey(), command.encode())
        .thenApplyAsync(delivery -> delivery, at.executor());
  }

  /** Reads a reply; a refusal is thrown. */
  static LotteryReply reply(byte[] body) {
    try {
      LotteryReply reply = LotteryReply.decode(body);
      if (reply instanceof LotteryReply.Refused refused) {
        throw new CompletionException(Problems.of(refused.why()).unacceptable());
      }
      return reply;
    } catch (MalformedMessage other) {
      throw new CompletionException(mixedVersions(other));
    }
  }

  private static LotteryAnswer answer(byte[] body) {
    try {
      LotteryAnswer answer = LotteryAnswer.decode(body);
      if (answer instanceof LotteryAnswer.Unanswered refused) {
        throw new CompletionException(Problems.of(refused.why()).unacceptable());
      }
      return answer;
    } catch (MalformedMessage other) {
      throw new CompletionException(mixedVersions(other));
    }
  }

  private static Exception mixedVersions(MalformedMessage other) {
    return Problem.unavailable("A worker answered in another version: " + other.getMessage())
        .unacceptable();
  }
}
