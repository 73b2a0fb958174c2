package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Places shards on workers for the first time: the same input always gives the same ring.
 *
 * <p>Copies and preferred writers are spread evenly: each shard takes the workers that hold fewest
 * so far, and of those the one with the fewest writers writes.
 */
public final class RingBuilder {
  private RingBuilder() {}

  /**
   * The first ring of a network.
   *
   * @param shards how many, fixed for good
   * @param copies at most this many for each shard; with fewer workers the largest of 5, 3, 1 that
   *     they allow
   * @throws IllegalArgumentException with no worker, or copies other than 1, 3 or 5
   */
  public static Ring place(List<NodeId> workers, int shards, int copies) {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("no worker to place " + shards + " shards on");
    }
    if (copies != 1 && copies != 3 && copies != 5) {
      throw new IllegalArgumentException("ring.copies " + copies + ": expected 1, 3 or 5");
    }
    List<NodeId> sorted = List.copyOf(new TreeSet<>(workers));
    int size = sorted.size() >= copies ? copies : sorted.size() >= 3 ? 3 : 1;
    Map<NodeId, Integer> held = new TreeMap<>();
    Map<NodeId, Integer> written = new TreeMap<>();
    sorted.forEach(worker -> held.put(worker, 0));
    sorted.forEach(worker -> written.put(worker, 0));
    List<Placement> placements = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<NodeId> chosen = new ArrayList<>(sorted);
      chosen.sort(Comparator.<NodeId, Integer>comparing(held::get).thenComparing(w -> w));
      chosen = new ArrayList<>(chosen.subList(0, size));
      chosen.sort(Comparator.<NodeId, Integer>comparing(written::get).thenComparing(w -> w));
      chosen.forEach(worker -> held.merge(worker, 1, Integer::sum));
      written.merge(chosen.get(0), 1, Integer::sum);
      placements.add(
          new Placement(
              new ShardId(shard), chosen.stream().map(worker -> new Member(worker, 1)).toList()));
    }
    return new Ring(1, placements);
  }
}
