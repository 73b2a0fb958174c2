package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import java.time.Instant;
import java.util.TreeMap;

/** Adds buckets up, one at a time, so that never all of them are in memory. Not thread-safe. */
public final class BucketSum {
  private final TreeMap<NodeId, ServerHealth> servers = new TreeMap<>();
  private final TreeMap<LinkName, LinkHealth> links = new TreeMap<>();
  private long coveredMillis;

  /** Adds one more. */
  public void add(HealthBucket bucket) {
    coveredMillis += bucket.coveredMillis();
    bucket.servers().forEach((id, health) -> servers.merge(id, health, ServerHealth::plus));
    bucket.links().forEach((name, health) -> links.merge(name, health, LinkHealth::plus));
  }

  /** Whether nothing was added that says anything. */
  public boolean isEmpty() {
    return servers.isEmpty() && links.isEmpty();
  }

  /** All that was added, as one longer bucket. */
  public HealthBucket bucket(Resolution resolution, Instant start) {
    long covered = Math.min(coveredMillis, resolution.length().toMillis());
    return new HealthBucket(resolution, start, covered, servers, links);
  }
}
