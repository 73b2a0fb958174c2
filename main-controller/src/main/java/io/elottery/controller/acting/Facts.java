package io.elottery.controller.acting;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.triage.Moment;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the machine decides on.
 *
 * @param acts the halves this main acts for
 * @param workers every worker of the roster, by name
 */
public record Facts(Moment now, Set<Hemisphere> acts, SortedMap<NodeId, Worker> workers) {
  /** Copies. */
  public Facts {
    acts = Set.copyOf(acts);
    workers = Collections.unmodifiableSortedMap(new TreeMap<>(workers));
  }

  /**
   * One worker.
   *
   * @param missing whether it counts as missing: not heard, or nobody can tell
   * @param findings what is found, each with since when
   * @param because the evidence, for the record
   */
  public record Worker(
      Hemisphere half, boolean missing, Map<Finding, Instant> findings, String because) {
    /** Copies. */
    public Worker {
      findings = Map.copyOf(findings);
    }
  }

  /** How many are missing. */
  int missing() {
    return (int) workers.values().stream().filter(Worker::missing).count();
  }
}
