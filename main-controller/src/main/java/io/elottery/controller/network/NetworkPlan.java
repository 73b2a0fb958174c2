package io.elottery.controller.network;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code network.yaml}: which half each worker belongs to and who its neighbours are.
 *
 * <pre>
 * workers:
 *   worker-1: { hemisphere: left, neighbours: [worker-2, worker-3] }
 *   worker-2: { hemisphere: right }
 * </pre>
 *
 * <p>A neighbour named on one side is one on both. A worker may have none: then main alone observes
 * it.
 *
 * @param workers by name
 */
public record NetworkPlan(Map<NodeId, Place> workers) {
  /**
   * One worker's place.
   *
   * @param neighbours ascending
   */
  public record Place(Hemisphere hemisphere, SortedSet<NodeId> neighbours) {
    /** Copies. */
    public Place {
      neighbours = Collections.unmodifiableSortedSet(new TreeSet<>(neighbours));
    }
  }

  /** Makes neighbourhood mutual and copies. */
  public NetworkPlan {
    Map<NodeId, SortedSet<NodeId>> mutual = new TreeMap<>();
    for (Map.Entry<NodeId, Place> entry : workers.entrySet()) {
      NodeId id = entry.getKey();
      for (NodeId other : entry.getValue().neighbours()) {
        if (other.equals(id) || !workers.containsKey(other)) {
          throw new IllegalArgumentException(id + "'s neighbour " + other + " is no other worker");
        }
        mutual.computeIfAbsent(id, none -> new TreeSet<>()).add(other);
        mutual.computeIfAbsent(other, none -> new TreeSet<>()).add(id);
      }
    }
    Map<NodeId, Place> places = new TreeMap<>();
    workers.forEach(
        (id, place) ->
            places.put(
                id, new Place(place.hemisphere(), mutual.getOrDefault(id, new TreeSet<>()))));
    workers = Collections.unmodifiableMap(places);
  }

  /**
   * Reads the file.
   *
   * @throws ConfigRefused with everything that is wrong with it
   */
  public static NetworkPlan load(Path file) throws ConfigRefused {
    ConfigSource source = ConfigSource.load(file, Map.of(), List.of());
    Map<NodeId, Place> workers = new TreeMap<>();
    for (String name : source.names("workers")) {
      String key = "workers." + name;
      Hemisphere half = source.choice(key + ".hemisphere", Hemisphere.class, Hemisphere.LEFT);
      SortedSet<NodeId> neighbours = new TreeSet<>();
      try {
        for (String other : source.list(key + ".neighbours", List.of())) {
          if (other.equals(name) || !source.names("workers").contains(other)) {
            source.refuse(key + ".neighbours", "\"" + other + "\" is no other worker of this file");
          } else {
            neighbours.add(NodeId.of(other));
          }
        }
        workers.put(NodeId.of(name), new Place(half, neighbours));
      } catch (IllegalArgumentException wrong) {
        source.refuse(key, String.valueOf(wrong.getMessage()));
      }
    }
    source.done();
    return new NetworkPlan(workers);
  }

  /** Their names, ascending. */
  public List<NodeId> names() {
    return List.copyOf(workers.keySet());
  }
}
