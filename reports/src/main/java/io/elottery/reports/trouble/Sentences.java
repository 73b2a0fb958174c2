package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;

/** What servers say of each other, in words. */
public final class Sentences {
  private Sentences() {}

  /** What one end says of its link. */
  public static String of(NodeId by, NeighbourReport said) {
    return by
        + (said.trust() == Trust.TRUSTED ? " hears " : " does not hear ")
        + said.neighbour()
        + " since "
        + said.since()
        + (said.connected() ? "" : ", connection closed")
        + (said.refused() ? ", reconnect refused" : "")
        + ", last round trip "
        + Math.round(said.roundTrip().toNanos() / 1e3) / 1e3
        + " ms, "
        + said.lost()
        + " of "
        + (said.heard() + said.lost())
        + " impulses lost since its start";
  }
}
