package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ReportHead;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DESIGN section 7, invariant 5: how many critical facts each run of a worker had to tell, and how
 * many have come to a main.
 */
final class Criticals {
  private static final String FOLDED = " older critical notes did not fit";
  private static final int PREFIX = 12; // lane, call id, kind, version: before a request's body

  private final Map<String, Integer> made = new HashMap<>();
  private final Map<String, Integer> came = new HashMap<>();
  private final Map<String, Long> runs = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /** The run of this worker says something critical. */
  void made(NodeId worker, long start) {
    made.merge(worker + "/" + start, 1, Integer::sum);
    runs.put(worker.name(), start);
  }

  /** A main has taken it. */
  void taken(Envelope envelope) {
    byte[] body = envelope.body();
    if (envelope.kind() != Switchboard.REQUEST
        || ((body[9] & 0xff) << 8 | (body[10] & 0xff)) != ReportsKinds.REPORT) {
      return;
    }
    byte[] packed = Arrays.copyOfRange(body, PREFIX, body.length);
    try {
      if (ReportHead.peek(packed).priority() != Priority.CRITICAL) {
        return;
      }
      Report report = Report.unpack(packed);
      String name = report.worker() + "/" + report.incarnation();
      if (seen.add(name + "/" + report.number())) {
        String run = report.worker() + "/" + runs.get(report.worker().name());
        came.merge(run, facts(report), Integer::sum);
      }
    } catch (MalformedMessage malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** The critical facts in these reports. */
  static int facts(List<Report> reports) {
    int facts = 0;
    for (Report report : reports) {
      facts += report.priority() == Priority.CRITICAL ? facts(report) : 0;
    }
    return facts;
  }

  // The oldest notes of too many become one that counts them.
  private static int facts(Report report) {
    int facts = 0;
    for (String note : report.notes()) {
      facts += note.endsWith(FOLDED) ? Integer.parseInt(note.substring(0, note.indexOf(' '))) : 1;
    }
    return facts;
  }

  /** Facts of this run that no main has. */
  int missing(NodeId worker, long start) {
    String run = worker + "/" + start;
    return made.getOrDefault(run, 0) - came.getOrDefault(run, 0);
  }
}
