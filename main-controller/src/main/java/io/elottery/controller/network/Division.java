package io.elottery.controller.network;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proposes a division of the servers: both halves in every zone and of the same size, give or take
 * one; each server's neighbours spread over data centres and zones, all joined, each watched by
 * three where there are so many. What is good today stays. Pure: the same plan, number and seed
 * give the same division.
 */
final class Division {
  /** Neighbours of each that may be asked for. */
  static final int NEIGHBOURS_MAX = 20;

  private static final int TRIES_MAX = 100_000; // Some 100 ms: main's loop waits for it.

  private Division() {}

  /**
   * The division.
   *
   * @param degree how many neighbours each is to have, 0 … {@value #NEIGHBOURS_MAX}
   * @param seed decides between equals
   */
  static NetworkPlan of(NetworkPlan today, int degree, long seed) {
    if (degree < 0 || degree > NEIGHBOURS_MAX) {
      throw new IllegalArgumentException(degree + " neighbours: expected 0 to " + NEIGHBOURS_MAX);
    }
    Map<NodeId, SortedSet<NodeId>> neighbours = Knitting.of(today, degree, seed);
    Map<NodeId, Hemisphere> halves = halves(today);
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    today
        .workers()
        .forEach(
            (id, place) ->
                places.put(
                    id,
                    new NetworkPlan.Place(
                        halves.getOrDefault(id, place.hemisphere()),
                        place.location(),
                        neighbours.getOrDefault(id, new TreeSet<>()))));
    return new NetworkPlan(places);
  }

  // Zone by zone: half of it each, who is odd goes where fewer are; whom it concerns least moves.
  private static Map<NodeId, Hemisphere> halves(NetworkPlan today) {
    SortedMap<String, List<NodeId>> zones = new TreeMap<>();
    today
        .workers()
        .forEach(
            (id, place) ->
                zones
                    .computeIfAbsent(place.location().toString(), none -> new ArrayList<>())
                    .add(id));
    Map<NodeId, Hemisphere> halves = new TreeMap<>();
    int ahead = 0; // By how many LEFT has more, -1 … 1.
    for (List<NodeId> zone : zones.values()) {
      List<NodeId> left = new ArrayList<>();
      List<NodeId> right = new ArrayList<>();
      zone.forEach(id -> (isLeft(today, id) ? left : right).add(id));
      int wanted = zone.size() / 2;
      if (zone.size() % 2 == 1 && (ahead < 0 || (ahead == 0 && left.size() > right.size()))) {
        wanted++;
      }
      while (left.size() > wanted) {
        right.add(left.remove(left.size() - 1));
      }
      while (left.size() < wanted) {
        left.add(right.remove(right.size() - 1));
      }
      left.forEach(id -> halves.put(id, Hemisphere.LEFT));
      right.forEach(id -> halves.put(id, Hemisphere.RIGHT));
      ahead += left.size() - right.size();
    }
    return halves;
  }

  private static boolean isLeft(NetworkPlan plan, NodeId id) {
    NetworkPlan.Place place = plan.workers().get(id);
    return place != null && place.hemisphere() == Hemisphere.LEFT;
  }
}
