package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who writes which shard, as whoever speaks of the highest term says. Pure. */
final class ShardWriters {
  private final Map<Integer, NodeId> writers = new TreeMap<>();

  private ShardWriters() {}

  static ShardWriters of(Collection<Report> reports) {
    ShardWriters found = new ShardWriters();
    Map<Integer, Long> terms = new TreeMap<>();
    for (Report report : reports) {
      for (ShardReport said : report.shards()) {
        if (said.writer().isPresent() && said.term() > terms.getOrDefault(said.shard(), -1L)) {
          terms.put(said.shard(), said.term());
          found.writers.put(said.shard(), said.writer().get());
        }
      }
    }
    return found;
  }

  /** Whether it writes any. */
  boolean isOne(NodeId worker) {
    return writers.containsValue(worker);
  }

  /** The numbers of the shards it writes, ascending. */
  List<Integer> of(NodeId worker) {
    return writers.entrySet().stream()
        .filter(entry -> entry.getValue().equals(worker))
        .map(Map.Entry::getKey)
        .toList();
  }
}
