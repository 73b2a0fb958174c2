package io.elottery.controller.network;

import io.elottery.foundation.id.NodeId;

/**
 * Two workers, in their order.
 *
 * @param low before {@code high}
 */
public record Pair(NodeId low, NodeId high) implements Comparable<Pair> {
  /** Checks the order. */
  public Pair {
    if (low.compareTo(high) >= 0) {
      throw new IllegalArgumentException(low + " and " + high + " are no pair in order");
    }
  }

  /**
   * Puts them in order.
   *
   * @throws IllegalArgumentException when both are the same
   */
  public static Pair of(NodeId one, NodeId other) {
    return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
  }

  @Override
  public int compareTo(Pair other) {
    int first = low.compareTo(other.low);
    return first != 0 ? first : high.compareTo(other.high);
  }

  @Override
  public String toString() {
    return low + " and " + high;
  }
}
