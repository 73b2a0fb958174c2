package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;

/**
 * What main itself saw of a worker.
 *
 * @param worker seen or not
 */
public record Sighting(NodeId worker, Kind kind) {
  /** What was seen. */
  public enum Kind {
    /** Its trunk opened. */
    CONNECTED,
    /** It answered a probe. */
    ANSWERED,
    /** Its trunk closed. */
    CLOSED,
    /** Since its trunk closed, its own address refused a connection: no process listens there. */
    REFUSED
  }
}
