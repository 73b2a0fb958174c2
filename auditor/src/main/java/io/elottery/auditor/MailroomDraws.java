package io.elottery.auditor;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.lottery.party.DrawLedger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reaches the draws through a mailroom. On the mailroom's loop. */
final class MailroomDraws implements DrawLedger {
  private final Mailroom mailroom;
  private final Duration patience;

  MailroomDraws(Mailroom mailroom, Duration patience) {
    this.mailroom = mailroom;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command) {
    return mailroom.deliver(actorKey, command, patience).thenApply(MailroomDraws::body);
  }

  @Override
  public CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query) {
    return mailroom.ask(actorKey, query, patience).thenApply(MailroomDraws::body);
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
}
