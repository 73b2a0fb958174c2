package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The last reports a main took, in the order they came. Bounded: when full the oldest of the least
 * urgent priority leaves first, so that a night of routine does not push out the one critical word.
 * Pure; on main's loop.
 */
public final class ReportLog {
  /**
   * One of them.
   *
   * @param sequence grows by one with each report this main took
   * @param received by this main's clock
   */
  public record Entry(long sequence, Instant received, Report report) {}

  private final int capacity;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Map<Priority, TreeMap<Long, Entry>> byPriority = new TreeMap<>();
  private long last;

  /**
   * @param capacity reports kept, positive
   */
  public ReportLog(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + ": expected 1 or more");
    }
    this.capacity = capacity;
    for (Priority priority : Priority.values()) {
      byPriority.put(priority, new TreeMap<>());
    }
  }

  /** Another one. */
  public void add(Report report, Instant received) {
    Entry entry = new Entry(++last, received, report);
    entries.put(entry.sequence, entry);
    of(report.priority()).put(entry.sequence, entry);
    if (entries.size() > capacity) {
      for (int i = Priority.values().length - 1; i >= 0; i--) {
        TreeMap<Long, Entry> least = of(Priority.values()[i]);
        if (!least.isEmpty()) {
          entries.remove(least.pollFirstEntry().getKey());
          return;
        }
      }
    }
  }

  /** The sequence of the newest; 0 before the first. */
  public long last() {
    return last;
  }

  /** The sequence of the newest that had come by then; 0 when none of those kept had. */
  public long lastAt(Instant moment) {
    for (Entry entry : entries.descendingMap().values()) {
      if (!entry.received.isAfter(moment)) {
        return entry.sequence;
      }
    }
    return 0;
  }

  /**
   * The oldest after that one first: to read on.
   *
   * @param most how many
   */
  public List<Entry> after(long sequence, int most, Predicate<Entry> wanted) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.tailMap(sequence, false).values()) {
      if (found.size() == most) {
        break;
      }
      if (wanted.test(entry)) {
        found.add(entry);
      }
    }
    return found;
  }

  /** The newest, in the order they came. */
  public List<Entry> newest(int most, Predicate<Entry> wanted) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries.descendingMap().values()) {
      if (found.size() == most) {
        break;
      }
      if (wanted.test(entry)) {
        found.add(0, entry);
      }
    }
    return found;
  }

  /** Those of this worker, or of any, that are at least so urgent. */
  public static Predicate<Entry> wanting(Optional<NodeId> worker, Priority atLeast) {
    return entry ->
        worker.map(entry.report.worker()::equals).orElse(true)
            && entry.report.priority().compareTo(atLeast) <= 0;
  }

  private TreeMap<Long, Entry> of(Priority priority) {
    return byPriority.computeIfAbsent(priority, none -> new TreeMap<>());
  }
}
