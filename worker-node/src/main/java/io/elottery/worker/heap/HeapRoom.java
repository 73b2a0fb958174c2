package io.elottery.worker.heap;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * What new wagers may still take of this process's heap: what collections lately left in use, of
 * all that is allowed but for a fifth. That fifth is for what comes and goes; with less of it the
 * collector stands in everybody's way long before the heap is full.
 *
 * <p>A collection of the young leaves behind what only a later one finds unused, so the least of
 * some of them counts. Where there is no room, nothing is sold and little collected: then a
 * collection is asked for now and then, or there would never be room again. Any thread.
 */
final class HeapRoom implements LongSupplier {
  /** Collections before then tell nothing of now. */
  static final Duration LATELY = Duration.ofSeconds(20);

  /** While there is no room, one is asked for when there was none for so long. */
  static final Duration AGAIN = Duration.ofSeconds(10);

  private static final int RESERVE = 5; // a fifth

  private record Left(long at, long used) {}

  private final Time time;
  private final long most;
  private final Runnable collection;

  private final ArrayDeque<Left> lately = new ArrayDeque<>(); // the last one at least, when any

  private long asked;

  /**
   * @param most bytes, all that the heap may grow to
   * @param collection asks for one; must not wait for it
   */
  HeapRoom(Time time, long most, Runnable collection) {
    this.time = time;
    this.most = most;
    this.collection = collection;
    this.asked = time.nanos();
  }

  /** A collection has ended, and left so many bytes in use. */
  synchronized void collected(long used) {
    lately.addLast(new Left(time.nanos(), used));
    forget();
  }

  private void forget() {
    long since = time.nanos() - LATELY.toNanos();
    while (lately.size() > 1 && lately.getFirst().at < since) {
      lately.removeFirst();
    }
  }

  /** Bytes; 0 when there are none. */
  @Override
  public synchronized long getAsLong() {
    forget();
    long used = lately.stream().mapToLong(Left::used).min().orElse(0);
    long room = Math.max(0, most - most / RESERVE - used);
    long now = time.nanos();
    if (room == 0
        && now - lately.getLast().at >= AGAIN.toNanos()
        && now - asked >= AGAIN.toNanos()) {
      asked = now;
      collection.run();
    }
    return room;
  }
}
