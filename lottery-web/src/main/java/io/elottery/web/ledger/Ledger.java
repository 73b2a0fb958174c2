package io.elottery.web.ledger;

import io.elottery.ledger.mailroom.Delivery;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The lottery's record as the gateway needs it; another store can be put behind it for comparison.
 *
 * <p>Called on any thread. Futures never complete exceptionally, may complete on any thread and
 * within a bounded time. A command may be executed more than once in effect-free ways only: it
 * holds its own key, and the same command again gives the same reply.
 */
public interface Ledger {
  /** Has the actor decide on a command. */
  CompletableFuture<Delivery> deliver(String actorKey, byte[] command);

  /**
   * Asks several copies of the actor and answers with what most of them say; like {@link #ask}
   * where there are no copies.
   */
  default CompletableFuture<Delivery> confirm(String actorKey, byte[] query) {
    return ask(actorKey, query);
  }

  /**
   * Completes after that time: between two questions about what is on its way between branches; at
   * once where nothing is.
   */
  default CompletableFuture<Void> pause(Duration time) {
    return CompletableFuture.completedFuture(null);
  }

  /** The history of a shard as its copies signed it; nothing where there are no copies. */
  default Heads heads(int shard) {
    return Heads.NONE;
  }

  /** Asks the actor; the answer holds all that was acknowledged before. */
  CompletableFuture<Delivery> ask(String actorKey, byte[] query);
}
