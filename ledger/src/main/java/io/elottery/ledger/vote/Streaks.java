package io.elottery.ledger.vote;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often in a row each copy was wrong, as one asker saw it. A right answer ends the row; silence
 * neither ends nor lengthens it. One thread; bounded by the number of copies.
 */
public final class Streaks {
  private final Map<ShardId, Map<NodeId, Integer>> wrong = new TreeMap<>();

  /** Counts a vote; the rows of those that are wrong now, this time included. */
  public Map<NodeId, Integer> count(ShardId shard, Map<NodeId, Said> said) {
    Map<NodeId, Integer> rows = wrong.computeIfAbsent(shard, none -> new TreeMap<>());
    Map<NodeId, Integer> now = new TreeMap<>();
    said.forEach(
        (server, how) -> {
          switch (how) {
            case RIGHT -> rows.remove(server);
            case WRONG -> now.put(server, rows.merge(server, 1, Integer::sum));
            case SILENT -> {}
          }
        });
    return now;
  }

  /** The copy was made anew. */
  public void forget(ShardId shard, NodeId server) {
    wrong.getOrDefault(shard, Map.of()).remove(server);
  }
}
