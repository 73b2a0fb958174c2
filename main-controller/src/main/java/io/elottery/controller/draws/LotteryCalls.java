package io.elottery.controller.draws;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.party.DrawLedger;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main's own commands and queries to the lottery, through its mailroom. Futures complete on main's
 * loop and never exceptionally; empty: nobody was reached, or nobody knows. On main's loop.
 */
public final class LotteryCalls implements DrawLedger {
  private static final Logger log = LoggerFactory.getLogger(LotteryCalls.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Mailroom mailroom;

  /** Through this mailroom. */
  public LotteryCalls(Mailroom mailroom) {
    this.mailroom = mailroom;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command) {
    return mailroom.deliver(actorKey, command, PATIENCE).thenApply(LotteryCalls::body);
  }

  @Override
  public CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query) {
    return mailroom.ask(actorKey, query, PATIENCE).thenApply(LotteryCalls::body);
  }

  /** Delivers and reads the reply. */
  CompletableFuture<Optional<LotteryReply>> deliver(LotteryCommand command) {
    return deliver(command.actorKey(), command.encode())
        .thenApply(body -> body.flatMap(bytes -> parsed(() -> LotteryReply.decode(bytes))));
  }

  /** Asks and reads the answer. */
  CompletableFuture<Optional<LotteryAnswer>> ask(LotteryQuery query) {
    return ask(query.actorKey(), query.encode())
        .thenApply(body -> body.flatMap(bytes -> parsed(() -> LotteryAnswer.decode(bytes))));
  }

  private static Optional<byte[]> body(Delivery delivery) {
    return delivery.match(
        new Delivery.Cases<Optional<byte[]>>() {
          @Override
          public Optional<byte[]> answered(Delivery.Answered answered) {
            return Optional.of(answered.body());
          }

          @Override
          public Optional<byte[]> unknown(Delivery.Unknown unknown) {
            return Optional.empty();
          }

          @Override
          public Optional<byte[]> unavailable(Delivery.Unavailable unavailable) {
            return Optional.empty();
          }

          @Override
          public Optional<byte[]> busy(Delivery.Busy busy) {
            return Optional.empty();
          }

          @Override
          public Optional<byte[]> full(Delivery.Full full) {
            return Optional.empty();
          }
        });
  }

  private static <T> Optional<T> parsed(Parsing<T> parsing) {
    try {
      return Optional.of(parsing.parse());
    } catch (MalformedMessage malformed) {
      log.warn("the lottery answers in another version: {}", malformed.getMessage());
      return Optional.empty();
    }
  }

  private interface Parsing<T> {
    T parse() throws MalformedMessage;
  }
}
