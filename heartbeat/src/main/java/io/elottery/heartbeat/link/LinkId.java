package io.elottery.heartbeat.link;

import io.elottery.foundation.id.NodeId;

/**
 * One link: two workers and what for. Text form {@code worker-1~worker-2/replica}, also the name of
 * its pair key.
 *
 * @param low the end that dials
 * @param high the end that listens; {@code low < high}
 */
public record LinkId(NodeId low, NodeId high, Purpose purpose) implements Comparable<LinkId> {
  /** Checks the order of the ends. */
  public LinkId {
    if (low.compareTo(high) >= 0) {
      throw new IllegalArgumentException(
          "link " + low + "~" + high + ": expected two servers, the lower id first");
    }
  }

  /** The link between two servers, given in any order. */
  public static LinkId between(NodeId one, NodeId other, Purpose purpose) {
    return one.compareTo(other) < 0
        ? new LinkId(one, other, purpose)
        : new LinkId(other, one, purpose);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static LinkId parse(String text) {
    int wave = text.indexOf('~');
    int slash = text.lastIndexOf('/');
    if (wave < 0 || slash < wave) {
      throw new IllegalArgumentException("link \"" + text + "\": expected low~high/purpose");
    }
    return new LinkId(
        NodeId.of(text.substring(0, wave)),
        NodeId.of(text.substring(wave + 1, slash)),
        Purpose.parse(text.substring(slash + 1)));
  }

  /** Whether that server is one of the ends. */
  public boolean joins(NodeId node) {
    return low.equals(node) || high.equals(node);
  }

  /**
   * The end that is not {@code self}.
   *
   * @throws IllegalArgumentException when {@code self} is no end of this link
   */
  public NodeId other(NodeId self) {
    if (!joins(self)) {
      throw new IllegalArgumentException(self + " is no end of link " + this);
    }
    return low.equals(self) ? high : low;
  }

  @Override
  public int compareTo(LinkId that) {
    int byLow = low.compareTo(that.low);
    int byHigh = byLow != 0 ? byLow : high.compareTo(that.high);
    return byHigh != 0 ? byHigh : purpose.compareTo(that.purpose);
  }

  @Override
  public String toString() {
    return low + "~" + high + "/" + purpose.text();
  }
}
