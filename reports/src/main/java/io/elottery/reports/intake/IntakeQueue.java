package io.elottery.reports.intake;

import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reports that wait for triage: the most urgent first, in order of arrival within one priority.
 *
 * <p>Bounded. When full, the oldest report of the least urgent priority below the new one's is
 * dropped, counted; when there is none, the new one is refused, and its sender, who gets no answer,
 * keeps offering it. On main's loop only.
 */
public final class IntakeQueue {
  private final int capacity;
  private final Map<Priority, Deque<Report>> waiting = new EnumMap<>(Priority.class);
  private final Map<Priority, Long> dropped = new EnumMap<>(Priority.class);
  private int size;

  /**
   * @param capacity reports that may wait, positive
   */
  public IntakeQueue(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + ": expected 1 or more");
    }
    this.capacity = capacity;
    for (Priority priority : Priority.values()) {
      waiting.put(priority, new ArrayDeque<>());
      dropped.put(priority, 0L);
    }
  }

  /** Takes the report; false when it was refused and is not in the queue. */
  public boolean offer(Report report) {
    if (size == capacity && !makeRoom(report.priority())) {
      count(report.priority());
      return false;
    }
    of(report.priority()).add(report);
    size++;
    return true;
  }

  /** The most urgent report, which leaves the queue. */
  public Optional<Report> poll() {
    for (Deque<Report> reports : waiting.values()) {
      Report next = reports.poll();
      if (next != null) {
        size--;
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** Reports that wait. */
  public int size() {
    return size;
  }

  /** Reports of this priority dropped or refused so far. */
  public long dropped(Priority priority) {
    return dropped.getOrDefault(priority, 0L);
  }

  // From the least urgent upwards, but never at the cost of one as urgent as the new one.
  private boolean makeRoom(Priority incoming) {
    Priority[] all = Priority.values();
    for (int i = all.length - 1; i > incoming.ordinal(); i--) {
      if (of(all[i]).poll() != null) {
        size--;
        count(all[i]);
        return true;
      }
    }
    return false;
  }

  private Deque<Report> of(Priority priority) {
    return waiting.computeIfAbsent(priority, none -> new ArrayDeque<>());
  }

  private void count(Priority priority) {
    dropped.merge(priority, 1L, Long::sum);
  }
}
