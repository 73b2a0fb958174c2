package io.elottery.foundation.id;

/**
 * The name of one server, unique in the network: {@code worker-3}, {@code main-1}.
 *
 * <p>Names order by their text, which decides who dials whom: the lower id dials.
 *
 * @param name {@code [a-z][a-z0-9-]{0,31}}
 */
public record NodeId(String name) implements Comparable<NodeId> {
  private static final int LENGTH_MAX = 32;

  /** Checks the name's form. */
  public NodeId {
    if (!hasForm(name)) {
      throw new IllegalArgumentException(
          "server name \"" + name + "\": expected a-z first, then up to 31 of a-z 0-9 -");
    }
  }

  /** The id with this name. */
  public static NodeId of(String name) {
    return new NodeId(name);
  }

  // Made for every name in every message: no pattern.
  private static boolean hasForm(String name) {
    int length = name.length();
    if (length == 0 || length > LENGTH_MAX || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  // The key of most maps: without the detour that records' own methods take.
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof NodeId that && name.equals(that.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(NodeId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
