package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a main sees beside the workers.
 *
 * @param mainsAway other mains that are not connected to this one
 * @param registryAway since when this main has no session with ZooKeeper; empty while it has
 * @param sealed each main with a sealed compartment, and those compartments
 * @param shed reports dropped lately; 0 when none
 * @param losses impulses lost lately, by link as {@code worker-1,worker-2}; only the lossy ones
 * @param gaps workers whose reports have had gaps for long
 * @param alarms what auditors say of the ledger
 * @param hosts where each worker runs, as far as known
 */
public record Surroundings(
    List<NodeId> mainsAway,
    Optional<Instant> registryAway,
    Map<NodeId, List<String>> sealed,
    long shed,
    Map<String, Loss> losses,
    Map<NodeId, Gaps> gaps,
    List<LedgerAlarm> alarms,
    Map<NodeId, String> hosts) {
  /** Nothing wrong, nothing known. */
  public static final Surroundings QUIET =
      new Surroundings(
          List.of(), Optional.empty(), Map.of(), 0, Map.of(), Map.of(), List.of(), Map.of());

  /** Copies. */
  public Surroundings {
    mainsAway = mainsAway.stream().sorted().toList();
    sealed = Map.copyOf(sealed);
    losses = Map.copyOf(losses);
    gaps = Map.copyOf(gaps);
    alarms = List.copyOf(alarms);
    hosts = Map.copyOf(hosts);
  }

  /**
   * Impulses lost on a link.
   *
   * @param lost of those due
   * @param due impulses that should have come
   * @param seconds over which it was counted
   */
  public record Loss(long lost, long due, long seconds) {
    /** In percent of those due. */
    public long percent() {
      return due == 0 ? 0 : 100 * lost / due;
    }
  }

  /**
   * An auditor that keeps signed heads contradicts a shard's copies.
   *
   * @param code {@link Codes#LEDGER_FORKED} or {@link Codes#LEDGER_WENT_BACK}
   * @param shard {@code shard-3}
   * @param why one sentence
   */
  public record LedgerAlarm(String code, String shard, NodeId auditor, String why) {}

  /** The same with what auditors say of the ledger. */
  public Surroundings alarms(List<LedgerAlarm> said) {
    return new Surroundings(mainsAway, registryAway, sealed, shed, losses, gaps, said, hosts);
  }

  /** The same with these mains away. */
  public Surroundings mainsAway(List<NodeId> mains) {
    return new Surroundings(mains, registryAway, sealed, shed, losses, gaps, alarms, hosts);
  }

  /** The same without ZooKeeper since then. */
  public Surroundings registryAway(Instant since) {
    return new Surroundings(
        mainsAway, Optional.of(since), sealed, shed, losses, gaps, alarms, hosts);
  }

  /** The same with these compartments sealed. */
  public Surroundings sealed(Map<NodeId, List<String>> vaults) {
    return new Surroundings(mainsAway, registryAway, vaults, shed, losses, gaps, alarms, hosts);
  }

  /** The same with so many reports shed. */
  public Surroundings shed(long reports) {
    return new Surroundings(mainsAway, registryAway, sealed, reports, losses, gaps, alarms, hosts);
  }

  /** The same with these lossy links. */
  public Surroundings losses(Map<String, Loss> links) {
    return new Surroundings(mainsAway, registryAway, sealed, shed, links, gaps, alarms, hosts);
  }

  /** The same with workers whose reports have gaps. */
  public Surroundings gaps(Map<NodeId, Gaps> of) {
    return new Surroundings(mainsAway, registryAway, sealed, shed, losses, of, alarms, hosts);
  }

  /** The same with these hosts. */
  public Surroundings hosts(Map<NodeId, String> of) {
    return new Surroundings(mainsAway, registryAway, sealed, shed, losses, gaps, alarms, of);
  }
}
