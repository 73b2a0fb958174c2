package io.elottery.controller.acting;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.network.Pair;
import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who watches whom instead of a lost worker: every neighbour that lost it as an observer gets one
 * other, if possible one that lost it as well, so that few links serve many. Pure.
 */
final class Reknit {
  private Reknit() {}

  /**
   * New pairs of neighbours.
   *
   * @param lost who is no observer any more
   * @param missing who cannot be one now, the lost one among them
   */
  static List<Pair> pairs(NetworkPlan plan, NodeId lost, Set<NodeId> missing) {
    Map<NodeId, SortedSet<NodeId>> watched = new TreeMap<>();
    plan.workers().forEach((id, place) -> watched.put(id, new TreeSet<>(place.neighbours())));
    SortedSet<NodeId> bereft = new TreeSet<>(watched.getOrDefault(lost, new TreeSet<>()));
    bereft.removeAll(missing);
    List<Pair> pairs = new ArrayList<>();
    while (!bereft.isEmpty()) {
      NodeId one = bereft.first();
      bereft.remove(one);
      SortedSet<NodeId> known = watched.getOrDefault(one, new TreeSet<>());
      Optional<NodeId> other =
          watched.keySet().stream()
              .filter(id -> !id.equals(one) && !known.contains(id) && !missing.contains(id))
              .min(
                  Comparator.comparing((NodeId id) -> bereft.contains(id) ? 0 : 1)
                      .thenComparing(id -> sameHalf(plan, one, id) ? 0 : 1)
                      .thenComparing(id -> watched.getOrDefault(id, new TreeSet<>()).size())
                      .thenComparing(Comparator.naturalOrder()));
      if (other.isPresent()) {
        pairs.add(Pair.of(one, other.get()));
        known.add(other.get());
        watched.getOrDefault(other.get(), new TreeSet<>()).add(one);
        bereft.remove(other.get());
      }
    }
    return pairs;
  }

  private static boolean sameHalf(NetworkPlan plan, NodeId one, NodeId other) {
    NetworkPlan.Place a = plan.workers().get(one);
    NetworkPlan.Place b = plan.workers().get(other);
    return a != null && b != null && a.hemisphere() == b.hemisphere();
  }

  /** The pairs as an order's outcome names them: {@code worker-1+worker-2,…}. */
  static String text(List<Pair> pairs) {
    return String.join(
        ",", pairs.stream().map(pair -> pair.low().name() + "+" + pair.high().name()).toList());
  }

  /** Reads {@link #text}; what is no pair is left out. */
  static List<Pair> parse(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      int plus = each.indexOf('+');
      if (plus > 0) {
        pairs.add(Pair.of(NodeId.of(each.substring(0, plus)), NodeId.of(each.substring(plus + 1))));
      }
    }
    return pairs;
  }
}
