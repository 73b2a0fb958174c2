package io.elottery.web.ledger;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.vote.AnswerVoting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * The real ledger, reached by the mailroom on the gateway's loop. Calls hop onto that loop; futures
 * complete on it.
 */
public final class MailroomLedger implements Ledger {
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final NodeLoop loop;
  private final Mailroom mailroom;
  private final AnswerVoting voting;
  private final Duration patience;
  private final IntFunction<Heads> heads;

  /**
   * @param loop the mailroom's
   * @param voting over that mailroom
   * @param patience how long a call may take in all
   * @param heads what is known of each shard's; any thread
   */
  public MailroomLedger(
      NodeLoop loop,
      Mailroom mailroom,
      AnswerVoting voting,
      Duration patience,
      IntFunction<Heads> heads) {
    this.loop = loop;
    this.mailroom = mailroom;
    this.voting = voting;
    this.patience = patience;
    this.heads = heads;
  }

  @Override
  public CompletableFuture<Delivery> deliver(String actorKey, byte[] command) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    return posted(
        result, () -> mailroom.deliver(actorKey, command, patience).thenAccept(result::complete));
  }

  @Override
  public CompletableFuture<Delivery> ask(String actorKey, byte[] query) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    return posted(
        result, () -> mailroom.ask(actorKey, query, patience).thenAccept(result::complete));
  }

  @Override
  public CompletableFuture<Delivery> confirm(String actorKey, byte[] query) {
    CompletableFuture<Delivery> result = new CompletableFuture<>();
    return posted(result, () -> voting.ask(actorKey, query, patience).thenAccept(result::complete));
  }

  @Override
  public Heads heads(int shard) {
    return heads.apply(shard);
  }

  @Override
  public CompletableFuture<Void> pause(Duration time) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    if (!loop.post(() -> loop.after(time, () -> result.complete(null)))) {
      result.complete(null);
    }
    return result;
  }

  private CompletableFuture<Delivery> posted(CompletableFuture<Delivery> result, Runnable call) {
    if (!loop.post(call)) {
      result.complete(new Delivery.Busy(BUSY_RETRY));
    }
    return result;
  }
}
