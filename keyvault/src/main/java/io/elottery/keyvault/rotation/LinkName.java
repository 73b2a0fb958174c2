package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import java.util.List;

/**
 * A link as its keys are named: {@code low~high/purpose}.
 *
 * @param text the whole text
 * @param low the end that dials
 * @param high the end that listens
 */
public record LinkName(String text, NodeId low, NodeId high) implements Comparable<LinkName> {
  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static LinkName parse(String text) {
    int wave = text.indexOf('~');
    int slash = text.lastIndexOf('/');
    if (wave < 0 || slash < wave || slash == text.length() - 1) {
      throw new IllegalArgumentException("link \"" + text + "\": expected low~high/purpose");
    }
    return new LinkName(
        text, NodeId.of(text.substring(0, wave)), NodeId.of(text.substring(wave + 1, slash)));
  }

  /** Both ends, the lower first. */
  public List<NodeId> ends() {
    return List.of(low, high);
  }

  /** Whether that server is one of the ends. */
  public boolean joins(NodeId node) {
    return low.equals(node) || high.equals(node);
  }

  /** What it is for, {@code neighbour} or {@code replica}. */
  public String purpose() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(LinkName that) {
    return text.compareTo(that.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
