package io.elottery.reports.history;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What reports and verdicts of the tests of history say. */
final class Told {
  static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
  static final NodeId W1 = NodeId.of("worker-1");
  static final NodeId W2 = NodeId.of("worker-2");

  private Told() {}

  static Moment at(double seconds) {
    long nanos = (long) (seconds * 1e9);
    return new Moment(START.plusNanos(nanos), nanos);
  }

  static Report report(long number, double seconds, NeighbourReport... neighbours) {
    return report(W1, 1, number, seconds, Priority.ROUTINE, neighbours);
  }

  static Report report(
      NodeId worker,
      long incarnation,
      long number,
      double seconds,
      Priority priority,
      NeighbourReport... neighbours) {
    return new Report(
        worker,
        incarnation,
        number,
        at(seconds).wall(),
        priority,
        true,
        false,
        Verdict.UP,
        List.of(),
        new Load(0.25, 300, 1_000, 5_000_000, Duration.ofMillis(4), 7),
        List.of(neighbours),
        List.of(),
        Optional.empty());
  }

  static NeighbourReport well(long heard, long lost) {
    return neighbour(heard, lost, Trust.TRUSTED, true, true);
  }

  static NeighbourReport neighbour(
      long heard, long lost, Trust trust, boolean connected, boolean hearsMe) {
    return new NeighbourReport(
        W2,
        heard,
        heard,
        lost,
        Duration.ofNanos(800_000),
        0,
        trust,
        START,
        connected,
        false,
        true,
        hearsMe);
  }

  static Map<NodeId, Judgement> judged(Verdict verdict, double since) {
    return Map.of(
        W1,
        new Judgement(W1, Hemisphere.LEFT, verdict, at(since).wall(), Optional.empty(), List.of()));
  }
}
