package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which servers something is wrong with now, and when something last changed for each. */
final class Disturbances {
  private final Map<NodeId, Integer> active = new HashMap<>();
  private final Map<NodeId, Long> changed = new HashMap<>();

  void begin(Collection<NodeId> who, long now) {
    who.forEach(
        node -> {
          active.merge(node, 1, Integer::sum);
          changed.put(node, now);
        });
  }

  void end(Collection<NodeId> who, long now) {
    who.forEach(
        node -> {
          active.merge(node, -1, Integer::sum);
          changed.put(node, now);
        });
  }

  /** Whether nothing is wrong with it and nothing was since that time. */
  boolean quietSince(NodeId node, long since) {
    return active.getOrDefault(node, 0) == 0 && changed.getOrDefault(node, Long.MIN_VALUE) < since;
  }

  /** Since when nothing changed for it. */
  long lastChange(NodeId node) {
    return changed.getOrDefault(node, 0L);
  }
}
