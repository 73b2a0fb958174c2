package io.elottery.heartbeat.registry.seats;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The seats of both hemispheres in the registry, for one session.
 *
 * <p>Futures complete on any thread, always within some seconds, exceptionally when the registry
 * did not answer. Callers must not assume that a call which failed was not done, nor that it was
 * done in the session that was open when it was made.
 */
public interface Seats {
  /** Looks at the seat; its mark is read before everything else. */
  CompletableFuture<SeatView> look(Hemisphere hemisphere);

  /** Makes sure that this session stands. */
  CompletableFuture<Void> enter(Hemisphere hemisphere);

  /** Stands no more; gives the seat up if this session has it. */
  CompletableFuture<Void> withdraw(Hemisphere hemisphere);

  /**
   * In one transaction: sits down if nobody does, and takes the fence {@code max(stored, atLeast) +
   * 1}; from then on only writes under it are accepted for the hemisphere.
   *
   * @param seen with nobody on the seat, or this server
   * @return the fence; empty when the seat or the counter was changed since
   */
  CompletableFuture<OptionalLong> take(Hemisphere hemisphere, SeatView seen, long atLeast);

  /**
   * Gives the seat up, if it was not taken by another since.
   *
   * @param fence under which this server led
   * @param next who is to get it before all others
   */
  CompletableFuture<Void> release(Hemisphere hemisphere, long fence, Optional<NodeId> next);
}
