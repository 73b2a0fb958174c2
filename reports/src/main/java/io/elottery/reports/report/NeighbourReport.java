package io.elottery.reports.report;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.time.Instant;

/**
 * What a worker says of one neighbour.
 *
 * @param sent impulses sent since the start
 * @param heard impulses heard since the start
 * @param lost impulses known lost since the start
 * @param roundTrip the last one measured; zero when none was
 * @param suspicion 0 is none; grows without bound
 * @param trust the detector's own conclusion
 * @param since when {@code trust} became what it is
 * @param connected whether the link's small connection is open
 * @param refused whether a reconnect was refused since it closed
 * @param hearsMain whether the neighbour said it hears main
 * @param hearsMe whether the neighbour said it hears this worker
 */
public record NeighbourReport(
    NodeId neighbour,
    long sent,
    long heard,
    long lost,
    Duration roundTrip,
    double suspicion,
    Trust trust,
    Instant since,
    boolean connected,
    boolean refused,
    boolean hearsMain,
    boolean hearsMe) {
  /** The largest suspicion written; a detector's may be infinite, JSON's numbers are not. */
  public static final double SUSPICION_MAX = 1_000_000;

  /** Checks the ranges; bounds the suspicion. */
  public NeighbourReport {
    if (sent < 0 || heard < 0 || lost < 0 || roundTrip.isNegative()) {
      throw new IllegalArgumentException(neighbour + ": expected no count and no time below 0");
    }
    // Two decimals say enough, and are read faster than seventeen.
    suspicion = suspicion >= 0 ? Math.rint(Math.min(suspicion, SUSPICION_MAX) * 100) / 100 : 0;
  }

  /** A failure detector's conclusion. */
  public enum Trust {
    /** Heard within the bound. */
    TRUSTED,
    /** Not heard when it was due. */
    SUSPECT,
    /** Silent beyond the bound, or closed and refused. */
    DEAD
  }
}
