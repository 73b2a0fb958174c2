package io.elottery.worker.reporting;

import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reports that no main has taken yet, most urgent first. A newer routine report takes the place of
 * an older one; of others the least urgent and oldest gives way when there are too many. On the
 * supervision loop.
 */
final class ReportOutbox {
  /** Reports kept at most. */
  static final int WAITING_MAX = 64;

  private static final Comparator<Report> URGENCY =
      Comparator.comparing(Report::priority).thenComparing(Report::number);

  private final List<Report> waiting = new ArrayList<>();
  private long dropped;

  void add(Report report) {
    if (report.priority() == Priority.ROUTINE) {
      waiting.removeIf(older -> older.priority() == Priority.ROUTINE);
    }
    waiting.add(report);
    if (waiting.size() > WAITING_MAX) {
      Priority least = waiting.stream().map(Report::priority).max(Comparator.naturalOrder()).get();
      Report victim = waiting.stream().filter(r -> r.priority() == least).findFirst().get();
      waiting.remove(victim);
      dropped++;
    }
  }

  /** The one to send next. */
  Optional<Report> next() {
    return waiting.stream().min(URGENCY);
  }

  /** A main has it. */
  void taken(Report report) {
    waiting.remove(report);
  }

  /** How many had to give way so far. */
  long dropped() {
    return dropped;
  }
}
