package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import java.util.Comparator;

/**
 * One direction of a link: what the first says of the second.
 *
 * @param from who reports
 * @param to whom it is about
 */
public record LinkName(NodeId from, NodeId to) implements Comparable<LinkName> {
  private static final Comparator<LinkName> ORDER =
      Comparator.comparing(LinkName::from).thenComparing(LinkName::to);

  @Override
  public int compareTo(LinkName other) {
    return ORDER.compare(this, other);
  }

  /** The other direction. */
  public LinkName back() {
    return new LinkName(to, from);
  }

  @Override
  public String toString() {
    return from + "," + to;
  }
}
