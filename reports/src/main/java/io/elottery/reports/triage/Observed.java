package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one worker. */
final class Observed {
  final NodeId worker;
  final Moment watchedSince;
  Hemisphere hemisphere;
  List<NodeId> neighbours;
  Judgement judgement;

  // Main's own eyes.
  @Nullable Moment seenByMain;
  boolean closed;
  boolean refused;

  // Its last report, by incarnation and number, and when it came.
  @Nullable Report report;
  @Nullable Moment reportedAt;

  // Since when most observers do not hear it; null while they do.
  @Nullable Moment doubtedSince;

  Observed(
      NodeId worker,
      Moment watchedSince,
      Hemisphere hemisphere,
      List<NodeId> neighbours,
      Judgement judgement) {
    this.worker = worker;
    this.watchedSince = watchedSince;
    this.hemisphere = hemisphere;
    this.neighbours = neighbours;
    this.judgement = judgement;
  }

  /** Whether the report is newer than the one known. */
  boolean isNews(Report other) {
    Report known = report;
    return known == null
        || other.incarnation() > known.incarnation()
        || (other.incarnation() == known.incarnation() && other.number() > known.number());
  }
}
