package io.elottery.foundation.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn is next: a heap of the servers by the time of their next turn, then by name. A server
 * whose next turn may have moved is looked at again when somebody asks.
 */
final class SimTurns {
  private final List<SimNode> heap = new ArrayList<>();
  private final List<SimNode> moved = new ArrayList<>();

  /** Adds a server. */
  void add(SimNode node) {
    node.place = heap.size();
    heap.add(node);
    node.due = Long.MAX_VALUE;
    moved(node);
  }

  /** Its next turn may be at another time now. */
  void moved(SimNode node) {
    if (!node.stale) {
      node.stale = true;
      moved.add(node);
    }
  }

  /** The one whose turn is next; null when nobody has anything to do. */
  @Nullable SimNode next() {
    // By index: nobody joins while it is looked at, for each of them is stale still.
    for (int i = 0; i < moved.size(); i++) {
      SimNode node = moved.get(i);
      long due = node.nextTurn();
      node.stale = false;
      if (due != node.due) {
        node.due = due;
        sink(rise(node), node);
      }
    }
    moved.clear();
    SimNode first = heap.isEmpty() ? null : heap.get(0);
    return first == null || first.due == Long.MAX_VALUE ? null : first;
  }

  private int rise(SimNode node) {
    int hole = node.place;
    while (hole > 0) {
      SimNode parent = heap.get((hole - 1) / 2);
      if (!before(node, parent)) {
        break;
      }
      put(parent, hole);
      hole = (hole - 1) / 2;
    }
    put(node, hole);
    return hole;
  }

  private void sink(int from, SimNode node) {
    int hole = from;
    int size = heap.size();
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && before(heap.get(child + 1), heap.get(child))) {
        child++;
      }
      if (!before(heap.get(child), node)) {
        break;
      }
      put(heap.get(child), hole);
      hole = child;
    }
    put(node, hole);
  }

  private void put(SimNode node, int place) {
    heap.set(place, node);
    node.place = place;
  }

  private static boolean before(SimNode one, SimNode other) {
    return one.due < other.due || (one.due == other.due && one.id().compareTo(other.id()) < 0);
  }
}
