package io.elottery.foundation.id;

import java.util.regex.Pattern;

/**
 * The name of one server, unique in the network: {@code worker-3}, {@code main-1}.
 *
 * <p>Names order by their text, which decides who dials whom: the lower id dials.
 *
 * @param name {@code [a-z][a-z0-9-]{0,31}}
 */
public record NodeId(String name) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Checks the name's form. */
  public NodeId {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "server name \"" + name + "\": expected a-z first, then up to 31 of a-z 0-9 -");
    }
  }

  /** The id with this name. */
  public static NodeId of(String name) {
    return new NodeId(name);
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
