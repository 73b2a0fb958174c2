package io.elottery.heartbeat.registry.seats;

import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * A hemisphere's seat as one session saw it.
 *
 * @param holder who sits on it
 * @param candidates who stands, longest first
 * @param named who is to get it next, before all others; empty with nobody named
 * @param count the highest fence the registry ever gave out
 * @param mark changes whenever the seat is taken; {@link Seats#take} fails when it has
 */
public record SeatView(
    Holder holder, List<NodeId> candidates, Optional<NodeId> named, long count, Mark mark) {

  /** Copies the list. */
  public SeatView {
    candidates = List.copyOf(candidates);
  }

  /** Who sits on the seat. */
  public enum Holder {
    /** Nobody. */
    NOBODY,
    /** This session. */
    SELF,
    /** An earlier session of this server, which will end by itself. */
    EARLIER_SELF,
    /** Somebody else. */
    OTHER
  }

  /**
   * Versions of what a taker of the seat changes.
   *
   * @param fence of the hemisphere's newest fence
   * @param counter of the counter of all fences
   */
  public record Mark(int fence, int counter) {}
}
