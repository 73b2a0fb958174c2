package io.elottery.reports.intake;

import io.elottery.reports.priority.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for triage: the most urgent first, in order of arrival within one priority.
 *
 * <p>Bounded by count and by bytes. When full, the oldest of the least urgent priority below the
 * new one's is turned away, counted; when there is none, the new one is, and its sender, who is
 * refused, keeps offering it. On main's loop only.
 *
 * @param <T> what waits: a report as it came, not yet read
 */
public final class IntakeQueue<T> {
  private record Waiting<T>(int bytes, T item) {}

  private final int capacity;
  private final long bytesMax;
  private final Map<Priority, Deque<Waiting<T>>> waiting = new EnumMap<>(Priority.class);
  private final Map<Priority, Long> dropped = new EnumMap<>(Priority.class);
  private int size;
  private long bytes;

  /**
   * @param capacity how many may wait, positive
   * @param bytesMax of all that wait, positive
   */
  public IntakeQueue(int capacity, long bytesMax) {
    if (capacity < 1 || bytesMax < 1) {
      throw new IllegalArgumentException(capacity + " of " + bytesMax + " bytes: expected ≥ 1");
    }
    this.capacity = capacity;
    this.bytesMax = bytesMax;
    for (Priority priority : Priority.values()) {
      waiting.put(priority, new ArrayDeque<>());
      dropped.put(priority, 0L);
    }
  }

  /** Takes it; returns whoever is turned away, which may be itself. */
  public List<T> offer(Priority priority, int length, T item) {
    if (size < capacity && bytes + length <= bytesMax) {
      add(priority, length, item);
      return List.of();
    }
    List<T> away = new ArrayList<>();
    while (size >= capacity || bytes + length > bytesMax) {
      Optional<T> victim = leastUrgentBelow(priority);
      if (victim.isEmpty()) {
        count(priority);
        away.add(item);
        return away;
      }
      away.add(victim.get());
    }
    add(priority, length, item);
    return away;
  }

  /** The most urgent, which leaves the queue. */
  public Optional<T> poll() {
    return poll(Priority.ROUTINE);
  }

  /** The most urgent, which leaves the queue, if it is at least this urgent. */
  public Optional<T> poll(Priority atLeast) {
    for (Map.Entry<Priority, Deque<Waiting<T>>> each : waiting.entrySet()) {
      if (each.getKey().compareTo(atLeast) > 0) {
        break;
      }
      if (!each.getValue().isEmpty()) {
        return Optional.of(first(each.getValue()));
      }
    }
    return Optional.empty();
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** How many of this priority were turned away so far. */
  public long dropped(Priority priority) {
    return dropped.getOrDefault(priority, 0L);
  }

  // From the least urgent upwards, but never at the cost of one as urgent as the new one.
  private Optional<T> leastUrgentBelow(Priority incoming) {
    Priority[] all = Priority.values();
    for (int i = all.length - 1; i > incoming.ordinal(); i--) {
      if (!of(all[i]).isEmpty()) {
        count(all[i]);
        return Optional.of(first(of(all[i])));
      }
    }
    return Optional.empty();
  }

  private void add(Priority priority, int length, T item) {
    of(priority).add(new Waiting<>(length, item));
    size++;
    bytes += length;
  }

  private T first(Deque<Waiting<T>> from) {
    Waiting<T> first = from.remove();
    size--;
    bytes -= first.bytes;
    return first.item;
  }

  private Deque<Waiting<T>> of(Priority priority) {
    return waiting.computeIfAbsent(priority, none -> new ArrayDeque<>());
  }

  private void count(Priority priority) {
    dropped.merge(priority, 1L, Long::sum);
  }
}
