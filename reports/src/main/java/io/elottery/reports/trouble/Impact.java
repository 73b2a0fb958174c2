package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.view.ShardView;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What it means for draws and players when servers are away, in words. */
final class Impact {
  static final String NONE = "None for draws and players.";

  private static final int NAMED = 5;

  private Impact() {}

  /** Of servers that are lost or hidden. */
  static String ofAbsence(Sight sight, Collection<NodeId> workers) {
    TreeSet<Integer> held = new TreeSet<>();
    TreeSet<Integer> stopped = new TreeSet<>();
    TreeSet<Integer> thin = new TreeSet<>();
    for (NodeId worker : workers) {
      for (ShardView shard : sight.shardsOf(worker)) {
        held.add(shard.id());
        long left = sight.copies(shard);
        if (left < Sight.majority(shard)) {
          stopped.add(shard.id());
        } else if (left == Sight.majority(shard) && shard.replicas().size() > 1) {
          thin.add(shard.id());
        }
      }
    }
    String it = workers.size() == 1 ? "It holds " : "They hold ";
    if (held.isEmpty()) {
      return it + "no copies: none for draws and players.";
    }
    String copies = it + "copies of " + count(held.size(), "shard") + ". ";
    if (!stopped.isEmpty()) {
      return copies
          + "Draws in "
          + names(stopped)
          + " neither sell nor are drawn until copies are back: players see \"try again\".";
    }
    if (!thin.isEmpty()) {
      return copies
          + "All go on, but "
          + names(thin)
          + (thin.size() == 1 ? " stops" : " stop")
          + " with the next loss.";
    }
    return copies + "The other copies go on: draws sell and are drawn.";
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  static String names(Collection<Integer> shards) {
    List<String> first = shards.stream().sorted().limit(NAMED).map(id -> "shard-" + id).toList();
    return String.join(", ", first)
        + (shards.size() > NAMED ? " and " + (shards.size() - NAMED) + " more" : "");
  }
}
