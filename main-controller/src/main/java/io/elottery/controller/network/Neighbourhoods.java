package io.elottery.controller.network;

import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The plan in force: {@code network.yaml} with what staff and main changed since. On main's loop.
 */
public final class Neighbourhoods implements Supplier<NetworkPlan> {
  private final NetworkPlan file;
  private final List<Runnable> listeners = new ArrayList<>();
  private PlanEdits edits = PlanEdits.NONE;
  private NetworkPlan current;

  /** As the file says. */
  public Neighbourhoods(NetworkPlan file) {
    this.file = file;
    this.current = file;
  }

  /** Told after each change, on the loop. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The plan in force. */
  @Override
  public NetworkPlan get() {
    return current;
  }

  /** The changes in force. */
  public PlanEdits edits() {
    return edits;
  }

  /** Whether the two exchange impulses. */
  public boolean areNeighbours(Pair pair) {
    NetworkPlan.Place place = current.workers().get(pair.low());
    return place != null && place.neighbours().contains(pair.high());
  }

  /** Takes newer changes; older ones are left alone. Pairs of unknown workers have no effect. */
  public void take(PlanEdits newer) {
    if (newer.version() <= edits.version()) {
      return;
    }
    edits = newer;
    current = applied(file, newer);
    listeners.forEach(Runnable::run);
  }

  /** What the plan would be with these changes. */
  public NetworkPlan with(PlanEdits others) {
    return applied(file, others);
  }

  /** Whether the worker left the network for good. */
  public boolean isRemoved(NodeId worker) {
    return edits.removed().contains(worker);
  }

  private static NetworkPlan applied(NetworkPlan file, PlanEdits edits) {
    Map<NodeId, NetworkPlan.Place> known = new TreeMap<>(edits.added());
    known.putAll(file.workers());
    Map<NodeId, SortedSet<NodeId>> neighbours = new TreeMap<>();
    known.forEach((id, place) -> neighbours.put(id, new TreeSet<>(place.neighbours())));
    for (Pair pair : edits.linked()) {
      if (neighbours.containsKey(pair.low()) && neighbours.containsKey(pair.high())) {
        neighbours.getOrDefault(pair.low(), new TreeSet<>()).add(pair.high());
      }
    }
    for (Pair pair : edits.unlinked()) {
      neighbours.getOrDefault(pair.low(), new TreeSet<>()).remove(pair.high());
      neighbours.getOrDefault(pair.high(), new TreeSet<>()).remove(pair.low());
    }
    neighbours.keySet().removeAll(edits.removed());
    neighbours.values().forEach(others -> others.removeAll(edits.removed()));
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    neighbours.forEach(
        (id, others) ->
            Optional.ofNullable(known.get(id))
                .ifPresent(
                    place ->
                        places.put(
                            id,
                            new NetworkPlan.Place(
                                edits.halves().getOrDefault(id, place.hemisphere()),
                                place.location(),
                                others))));
    return new NetworkPlan(places);
  }
}
