package io.elottery.ledger.ring;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places shards on workers for the first time: the same input always gives the same ring.
 *
 * <p>A shard's copies stand in as many data centres, and there in as many zones, as there are: with
 * three data centres or more no loss of one takes the majority of any shard. Among equals copies
 * and preferred writers are spread evenly: each shard takes the workers that hold fewest so far,
 * and of those the one with the fewest writers writes.
 */
public final class RingBuilder {
  private RingBuilder() {}

  /** The first ring of a network that stands in one place. */
  public static Ring place(List<NodeId> workers, int shards, int copies) {
    Map<NodeId, Location> anywhere = new TreeMap<>();
    workers.forEach(worker -> anywhere.put(worker, Location.UNKNOWN));
    return place(anywhere, shards, copies);
  }

  /**
   * The first ring of a network.
   *
   * @param workers where each stands
   * @param shards how many, fixed for good
   * @param copies at most this many for each shard; with fewer workers the largest of 5, 3, 1 that
   *     they allow
   * @throws IllegalArgumentException with no worker, or copies other than 1, 3 or 5
   */
  public static Ring place(Map<NodeId, Location> workers, int shards, int copies) {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("no worker to place " + shards + " shards on");
    }
    if (copies != 1 && copies != 3 && copies != 5) {
      throw new IllegalArgumentException("ring.copies " + copies + ": expected 1, 3 or 5");
    }
    Map<NodeId, Location> sorted = new TreeMap<>(workers);
    int size = sorted.size() >= copies ? copies : sorted.size() >= 3 ? 3 : 1;
    Map<NodeId, Integer> held = new TreeMap<>();
    Map<NodeId, Integer> written = new TreeMap<>();
    sorted.keySet().forEach(worker -> held.put(worker, 0));
    sorted.keySet().forEach(worker -> written.put(worker, 0));
    List<Placement> placements = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<NodeId> chosen = spread(sorted, held, size);
      chosen.sort(Comparator.<NodeId, Integer>comparing(written::get).thenComparing(w -> w));
      chosen.forEach(worker -> held.merge(worker, 1, Integer::sum));
      written.merge(chosen.get(0), 1, Integer::sum);
      placements.add(
          new Placement(
              new ShardId(shard), chosen.stream().map(worker -> new Member(worker, 1)).toList()));
    }
    return new Ring(1, placements);
  }

  // One after the other: where fewest of those chosen stand already, then who holds fewest.
  private static List<NodeId> spread(
      Map<NodeId, Location> workers, Map<NodeId, Integer> held, int size) {
    List<NodeId> left = new ArrayList<>(workers.keySet());
    List<NodeId> chosen = new ArrayList<>();
    Map<String, Integer> centres = new TreeMap<>();
    Map<String, Integer> zones = new TreeMap<>();
    while (chosen.size() < size) {
      Comparator<NodeId> best =
          Comparator.<NodeId, Integer>comparing(
                  worker -> centres.getOrDefault(centre(workers, worker), 0))
              .thenComparing(worker -> zones.getOrDefault(zone(workers, worker), 0))
              .thenComparing(held::get)
              .thenComparing(worker -> worker);
      NodeId next = left.stream().min(best).orElseThrow();
      left.remove(next);
      chosen.add(next);
      centres.merge(centre(workers, next), 1, Integer::sum);
      zones.merge(zone(workers, next), 1, Integer::sum);
    }
    return chosen;
  }

  private static String centre(Map<NodeId, Location> workers, NodeId worker) {
    return workers.getOrDefault(worker, Location.UNKNOWN).datacentre();
  }

  private static String zone(Map<NodeId, Location> workers, NodeId worker) {
    return workers.getOrDefault(worker, Location.UNKNOWN).toString();
  }
}
