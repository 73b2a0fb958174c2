package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;

/**
 * What main itself saw of a worker.
 *
 * @param worker seen or not
 * @param roundTrip of an answered probe
 */
public record Sighting(NodeId worker, Kind kind, Duration roundTrip) {
  /** What was seen. */
  public enum Kind {
    /** Its trunk opened. */
    CONNECTED,
    /** It answered a probe. */
    ANSWERED,
    /** It said something else. */
    SPOKE,
    /** A probe was not answered when it should have been. */
    MISSED,
    /** Its trunk closed. */
    CLOSED,
    /** Since its trunk closed, its own address refused a connection: no process listens there. */
    REFUSED
  }

  /** One without a measured time. */
  public Sighting(NodeId worker, Kind kind) {
    this(worker, kind, Duration.ZERO);
  }
}
