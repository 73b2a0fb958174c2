package io.elottery.worker.reporting;

import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reports that no main has taken yet, most urgent first. A newer routine report takes the place of
 * an older one; of others the least urgent and oldest gives way when there are too many. A critical
 * one that gives way hands its notes on to the newest: no critical fact is lost, though what was
 * measured then is. On the supervision loop.
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
      if (victim.priority() == Priority.CRITICAL) {
        handOn(victim);
      }
    }
  }

  // Only when all that wait are critical: the newest is one, and never under way.
  private void handOn(Report victim) {
    Report newest = waiting.remove(waiting.size() - 1);
    List<String> notes = new ArrayList<>(victim.notes());
    notes.addAll(newest.notes());
    if (notes.size() > Report.NOTES_MAX) {
      int over = notes.size() - Report.NOTES_MAX + 1;
      notes.subList(0, over).clear();
      notes.add(0, over + " older critical notes did not fit");
    }
    waiting.add(newest.noting(notes));
  }

  /** Those that wait, oldest first. */
  List<Report> waiting() {
    return List.copyOf(waiting);
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
