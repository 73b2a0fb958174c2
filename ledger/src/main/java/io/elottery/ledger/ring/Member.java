package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;

/**
 * One replica of a shard: which worker, in which incarnation of its store.
 *
 * @param node the worker
 * @param incarnation 1 for the first; higher after its copy was lost and made anew
 */
public record Member(NodeId node, long incarnation) implements Comparable<Member> {
  /** Checks the range. */
  public Member {
    if (incarnation < 1) {
      throw new IllegalArgumentException(node + ": incarnation " + incarnation + ", expected ≥ 1");
    }
  }

  @Override
  public int compareTo(Member other) {
    int byNode = node.compareTo(other.node);
    return byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
  }

  @Override
  public String toString() {
    return node + "#" + incarnation;
  }
}
