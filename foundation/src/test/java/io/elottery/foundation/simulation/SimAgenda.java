package io.elottery.foundation.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is to happen, by time and then in order of entry: a heap of four branches. */
final class SimAgenda {
  private static final int BRANCHES = 4;

  private long[] at = new long[256];
  private long[] order = new long[256];
  private @Nullable Runnable[] acts = new Runnable[256];
  private int size;
  private long entered;

  /** Enters an act. */
  void add(long time, Runnable act) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      order = Arrays.copyOf(order, 2 * size);
      acts = Arrays.copyOf(acts, 2 * size);
    }
    long number = entered++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) / BRANCHES;
      // The newer one never goes before one of the same time.
      if (at[parent] <= time) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, number, act);
  }

  /** When the next one is due; the largest long when there is none. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : at[0];
  }

  /** Takes the next one out; null when there is none. */
  @Nullable Runnable take() {
    if (size == 0) {
      return null;
    }
    Runnable first = acts[0];
    int last = --size;
    long time = at[last];
    long number = order[last];
    Runnable act = acts[last];
    acts[last] = null;
    if (last > 0) {
      sink(time, number, act);
    }
    return first;
  }

  private void sink(long time, long number, @Nullable Runnable act) {
    int hole = 0;
    for (int first = 1; first < size; first = BRANCHES * hole + 1) {
      int least = first;
      int end = Math.min(first + BRANCHES, size);
      for (int child = first + 1; child < end; child++) {
        if (before(at[child], order[child], at[least], order[least])) {
          least = child;
        }
      }
      if (!before(at[least], order[least], time, number)) {
        break;
      }
      move(least, hole);
      hole = least;
    }
    put(hole, time, number, act);
  }

  private static boolean before(long time, long number, long otherTime, long otherNumber) {
    return time < otherTime || (time == otherTime && number < otherNumber);
  }

  private void move(int from, int to) {
    put(to, at[from], order[from], acts[from]);
  }

  private void put(int where, long time, long number, @Nullable Runnable act) {
    at[where] = time;
    order[where] = number;
    acts[where] = act;
  }
}
