package io.elottery.lottery.party;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the actors that hold draws. Called on its user's loop; the futures complete there and
 * never exceptionally. Implementers need not deliver once: every command may come twice.
 */
public interface DrawLedger {
  /** Delivers a command; empty: done or not, nobody knows, or nobody was reached. */
  CompletableFuture<Optional<byte[]>> deliver(String actorKey, byte[] command);

  /**
   * Asks; the answer must include everything committed before the question (a linearizable read:
   * shares are handed out on it). Empty: nobody was reached.
   */
  CompletableFuture<Optional<byte[]>> ask(String actorKey, byte[] query);
}
