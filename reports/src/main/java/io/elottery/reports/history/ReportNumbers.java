package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices numbers that never came. A worker numbers its reports without gaps, but a more urgent one
 * overtakes: a number is missing once it has not come for {@link #GRACE}. Of each worker at most
 * {@value #OPEN_MAX} holes are waited for; the oldest beyond that count as missing at once. Pure;
 * on main's loop.
 */
public final class ReportNumbers {
  /** How late a number may come. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  /** Holes waited for, of one worker. */
  static final int OPEN_MAX = 64;

  /**
   * Numbers that did not come, one after the other.
   *
   * @param noticed when the wait for them ended
   */
  public record Gap(NodeId worker, long incarnation, long from, long to, Instant noticed) {
    /** How many. */
    public long count() {
      return to - from + 1;
    }

    /** {@code 7} or {@code 7–9}. */
    public String numbers() {
      return from == to ? Long.toString(from) : from + "–" + to;
    }
  }

  private record Hole(long to, Moment since) {}

  private static final class Line {
    final long incarnation;
    final TreeMap<Long, Hole> holes = new TreeMap<>(); // by the first number; they do not touch
    long highest;

    Line(long incarnation, long highest) {
      this.incarnation = incarnation;
      this.highest = highest;
    }
  }

  private final Map<NodeId, Line> lines = new TreeMap<>();
  private long missed;

  /** A report came, by itself or through another main; twice is once. */
  public void seen(Report report, Moment now) {
    Line line = lines.get(report.worker());
    if (line == null) {
      // What came before this main listened is not missing.
      line = new Line(report.incarnation(), report.number());
      lines.put(report.worker(), line);
    } else if (report.incarnation() > line.incarnation) {
      line = new Line(report.incarnation(), 0);
      lines.put(report.worker(), line);
    }
    if (report.incarnation() < line.incarnation) {
      return;
    }
    long number = report.number();
    if (number > line.highest) {
      if (number > line.highest + 1) {
        line.holes.put(line.highest + 1, new Hole(number - 1, now));
      }
      line.highest = number;
    } else {
      fill(line, number);
    }
  }

  /** The gaps that are certain now; each is told once. */
  public List<Gap> missing(Moment now) {
    List<Gap> gaps = new ArrayList<>();
    lines.forEach(
        (worker, line) -> {
          int over = line.holes.size() - OPEN_MAX;
          Iterator<Map.Entry<Long, Hole>> holes = line.holes.entrySet().iterator();
          while (holes.hasNext()) {
            Map.Entry<Long, Hole> next = holes.next();
            Hole hole = next.getValue();
            if (over-- > 0 || now.since(hole.since).compareTo(GRACE) >= 0) {
              gaps.add(new Gap(worker, line.incarnation, next.getKey(), hole.to, now.wall()));
              holes.remove();
            }
          }
        });
    gaps.forEach(gap -> missed += gap.count());
    return gaps;
  }

  /** How many numbers never came, of all workers, since this main began. */
  public long missed() {
    return missed;
  }

  private static void fill(Line line, long number) {
    Optional<Map.Entry<Long, Hole>> around = Optional.ofNullable(line.holes.floorEntry(number));
    if (around.isEmpty() || around.get().getValue().to < number) {
      return;
    }
    long from = around.get().getKey();
    Hole hole = around.get().getValue();
    line.holes.remove(from);
    if (from < number) {
      line.holes.put(from, new Hole(number - 1, hole.since));
    }
    if (number < hole.to) {
      line.holes.put(number + 1, new Hole(hole.to, hole.since));
    }
  }
}
