package io.elottery.deploy.cluster;

import io.elottery.heartbeat.registry.RegistryConfig;
import java.time.Duration;
import java.util.List;

/**
 * How a cluster is divided, how often it draws and how soon a silent main is replaced.
 *
 * @param shards of the ledger, for good
 * @param schedule as {@code draws.schedule} has it
 * @param session as {@code registry.session-timeout} has it
 * @param branches as {@code players.branches} has them
 */
public record ClusterPace(
    int shards, List<String> schedule, Duration session, List<String> branches) {
  /** Branches where nobody says otherwise. */
  public static final List<String> BRANCHES = List.of("TOR", "MTL", "OTW");

  /** So many shards where nobody says otherwise. */
  public static final int SHARDS = 4;

  /** More take longer to set up than anybody waits for on one machine. */
  public static final int SHARDS_MAX = 256;

  /** Copies. */
  public ClusterPace {
    schedule = List.copyOf(schedule);
    branches = List.copyOf(branches);
  }

  /** A draw every few minutes in every branch, so that a newcomer sees a ticket win or lose. */
  public static ClusterPace lively() {
    return new ClusterPace(
        SHARDS,
        List.of(
            "powerball TOR every 4min open 3min",
            "powerball MTL every 6min open 5min",
            "lotto649 OTW every 5min open 4min",
            "lotto649 TOR every 10min open 9min"),
        RegistryConfig.SESSION_TIMEOUT,
        BRANCHES);
  }

  /** The same with other shards. */
  public ClusterPace withShards(int count) {
    return new ClusterPace(count, schedule, session, branches);
  }

  /** The same with other sessions of the mains with ZooKeeper. */
  public ClusterPace withSession(Duration timeout) {
    return new ClusterPace(shards, schedule, timeout, branches);
  }

  /** The same with another schedule. */
  public ClusterPace withSchedule(List<String> lines) {
    return new ClusterPace(shards, lines, session, branches);
  }

  /** The same with other branches. */
  public ClusterPace withBranches(List<String> codes) {
    return new ClusterPace(shards, schedule, session, codes);
  }
}
