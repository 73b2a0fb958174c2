package io.elottery.worker.reporting;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.report.Report;
import io.elottery.worker.mains.MainContact;
import java.time.Duration;
import java.util.List;

/**
 * Passes on the reports of neighbours that reach no main, marked as relayed; only their own, and
 * only one step. On the supervision loop.
 */
public final class ReportRelay {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final NodeId self;
  private final Switchboard trunks;
  private final MainContact mains;

  /**
   * @param trunks calls to mains
   */
  public ReportRelay(NodeId self, Switchboard trunks, MainContact mains) {
    this.self = self;
    this.trunks = trunks;
    this.mains = mains;
  }

  /** Takes reports from the switchboard of the neighbour links. */
  public void serve(Switchboard neighbours) {
    neighbours.serve(ReportsKinds.REPORT, ReportsKinds.REPORT_VERSION, this::relay);
  }

  private void relay(Peer from, Envelope request, CallHandler.Answer answer) {
    List<NodeId> reachable = mains.mains();
    if (reachable.isEmpty()) {
      answer.refuse("NO_MAIN", self + " hears no main either");
      return;
    }
    try {
      Report report = Report.unpack(request.body());
      if (!report.worker().equals(from.id()) || report.relayedBy().isPresent()) {
        answer.refuse("NOT_ALLOWED", "expected a report of " + from.id() + " itself");
        return;
      }
      trunks
          .call(reachable.get(0), report.relayed(self).envelope(), PATIENCE)
          .whenComplete(
              (taken, problem) -> {
                if (problem == null) {
                  answer.reply(taken);
                } else {
                  answer.refuse("NOT_TAKEN", String.valueOf(problem.getMessage()));
                }
              });
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", "not a report: " + malformed.getMessage());
    }
  }
}
