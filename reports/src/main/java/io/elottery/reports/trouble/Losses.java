package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Surroundings.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds links that lose impulses: compares what each end counts now with what it counted up to a
 * minute ago. Pure: time is passed in. One loop.
 */
public final class Losses {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int SAMPLES_MAX = 16;
  private static final long PERCENT = 5; // less is an ordinary bad minute
  private static final long LOST_MIN = 3;

  private final Map<Ends, Deque<Count>> counts = new TreeMap<>();

  private record Ends(NodeId by, NodeId of) implements Comparable<Ends> {
    @Override
    public int compareTo(Ends other) {
      int first = by.compareTo(other.by);
      return first != 0 ? first : of.compareTo(other.of);
    }
  }

  private record Count(long incarnation, long number, long heard, long lost, Instant at) {}

  /** Takes a worker's report; the same one again is nothing new. */
  public void observe(Report report, Instant now) {
    for (NeighbourReport said : report.neighbours()) {
      Deque<Count> kept =
          counts.computeIfAbsent(
              new Ends(report.worker(), said.neighbour()), none -> new ArrayDeque<>());
      Count last = kept.peekLast();
      if (last != null && last.incarnation != report.incarnation()) {
        kept.clear();
      } else if (last != null && last.number == report.number()) {
        continue;
      } else if (last != null && said.heard() < last.heard) {
        kept.clear();
      }
      kept.addLast(
          new Count(report.incarnation(), report.number(), said.heard(), said.lost(), now));
      while (kept.size() > SAMPLES_MAX || kept.peekFirst().at.isBefore(now.minus(WINDOW))) {
        kept.removeFirst();
      }
    }
  }

  /** The lossy links, by {@code worker-1,worker-2}; of two ends the one that lost more. */
  public Map<String, Loss> lately() {
    Map<String, Loss> lossy = new TreeMap<>();
    counts.forEach(
        (ends, kept) -> {
          Count first = kept.peekFirst();
          Count last = kept.peekLast();
          if (first == null || last == null) {
            return;
          }
          long lost = last.lost - first.lost;
          long due = lost + last.heard - first.heard;
          Loss loss = new Loss(lost, due, Duration.between(first.at, last.at).toSeconds());
          if (lost >= LOST_MIN && loss.percent() >= PERCENT) {
            lossy.merge(
                LinkTroubles.subject(ends.by, ends.of),
                loss,
                (one, other) -> one.percent() >= other.percent() ? one : other);
          }
        });
    return lossy;
  }
}
