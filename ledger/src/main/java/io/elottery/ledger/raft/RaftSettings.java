package io.elottery.ledger.raft;

import java.time.Duration;

/**
 * How a replica behaves.
 *
 * @param heartbeat how often a writer says that it lives, in steps of 100 ms
 * @param heartbeatTimeout without a word for this long a follower asks for an election, in steps of
 *     100 ms; too low elects on every pause, too high leaves a stopped writer in place
 * @param electionTimeout how long votes are waited for
 * @param snapshotEvery entries between two snapshots; high costs memory and restart time, low costs
 *     pauses
 * @param snapshotBytes bytes of entries between two snapshots, or the size of the last snapshot if
 *     that is more; they are held in memory, so high costs memory, low writes the state often
 * @param pendingMax entries that may wait for their commit
 * @param appendMax entries in one append request
 */
public record RaftSettings(
    Duration heartbeat,
    Duration heartbeatTimeout,
    Duration electionTimeout,
    int snapshotEvery,
    long snapshotBytes,
    int pendingMax,
    int appendMax) {
  /** 100 ms, 1 s, 200 ms, 5,000, 16 MiB, 256 and 8. */
  public static RaftSettings defaults() {
    return new RaftSettings(
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        5_000,
        16L << 20,
        256,
        8);
  }
}
