package io.elottery.controller.network;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code network.yaml}: which half each worker belongs to, where it stands and who its neighbours
 * are.
 *
 * <pre>
 * workers:
 *   worker-1: { hemisphere: left, datacentre: east, zone: a, neighbours: [worker-2, worker-3] }
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
   * @param location what it shares power and network with
   * @param neighbours ascending
   */
  public record Place(Hemisphere hemisphere, Location location, SortedSet<NodeId> neighbours) {
    /** Copies. */
    public Place {
      neighbours = Collections.unmodifiableSortedSet(new TreeSet<>(neighbours));
    }

    /** Somewhere. */
    public Place(Hemisphere hemisphere, SortedSet<NodeId> neighbours) {
      this(hemisphere, Location.UNKNOWN, neighbours);
    }

    /** The same with other neighbours. */
    public Place among(SortedSet<NodeId> others) {
      return new Place(hemisphere, location, others);
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
        (id, place) -> places.put(id, place.among(mutual.getOrDefault(id, new TreeSet<>()))));
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
        Location location =
            new Location(source.text(key + ".datacentre", ""), source.text(key + ".zone", ""));
        workers.put(NodeId.of(name), new Place(half, location, neighbours));
      } catch (IllegalArgumentException wrong) {
        source.refuse(key, String.valueOf(wrong.getMessage()));
      }
    }
    source.done();
    return new NetworkPlan(workers);
  }

  /** Where each of them stands. */
  public Map<NodeId, Location> locations() {
    Map<NodeId, Location> locations = new TreeMap<>();
    workers.forEach((id, place) -> locations.put(id, place.location()));
    return locations;
  }

  /** Their names, ascending. */
  public List<NodeId> names() {
    return List.copyOf(workers.keySet());
  }
}
