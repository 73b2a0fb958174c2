package io.elottery.ledger.node;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.raft.RaftSettings;
import java.time.Duration;

/**
 * How a worker hosts its replicas.
 *
 * @param raft elections, heartbeats and snapshots
 * @param batchCommands commands in one log entry at most, default 512
 * @param batchBytes bytes in one log entry at most, default 256 KiB; eight must fit an envelope
 * @param batchesUnderWay log entries of one shard that may wait for their commit at once, default
 *     2; after the first only full ones
 * @param queue commands of one shard that may wait, default 10,000; one more is answered busy
 * @param wakeEvery how often a writer looks whether something is due, default 100 ms
 * @param standInAfter how much later the next survivor stands for election when the one before it
 *     did not win, default 150 ms
 */
public record LedgerConfig(
    RaftSettings raft,
    int batchCommands,
    int batchBytes,
    int batchesUnderWay,
    int queue,
    Duration wakeEvery,
    Duration standInAfter) {
  private static final int ENTRY_OVERHEAD = 64;
  private static final int COMMAND_OVERHEAD = 5;

  /** Checks that an append request full of full batches fits an envelope. */
  public LedgerConfig {
    // MicroRaft sends one entry more than it is told.
    long request =
        (raft.appendMax() + 1L)
            * (batchBytes + (long) COMMAND_OVERHEAD * batchCommands + ENTRY_OVERHEAD);
    if (request > Envelope.BODY_MAX) {
      throw new IllegalArgumentException(
          "append-max × batch-bytes: a request of up to "
              + request
              + " bytes, expected at most "
              + Envelope.BODY_MAX);
    }
  }

  /** The defaults. */
  public static LedgerConfig defaults() {
    return new LedgerConfig(
        RaftSettings.defaults(),
        512,
        256 << 10,
        2,
        10_000,
        Duration.ofMillis(100),
        Duration.ofMillis(150));
  }

  /** Reads the keys {@code ledger.…}; what is not there keeps its default. */
  public static LedgerConfig from(ConfigSource config) {
    LedgerConfig defaults = defaults();
    RaftSettings raft = defaults.raft;
    return new LedgerConfig(
        new RaftSettings(
            config.duration("ledger.heartbeat", raft.heartbeat()),
            config.duration("ledger.heartbeat-timeout", raft.heartbeatTimeout()),
            config.duration("ledger.election-timeout", raft.electionTimeout()),
            config.integer("ledger.snapshot-every", raft.snapshotEvery(), 10, 1_000_000),
            Math.max(1 << 20, config.size("ledger.snapshot-bytes", raft.snapshotBytes())),
            config.integer("ledger.pending-max", raft.pendingMax(), 2, 100_000),
            config.integer("ledger.append-max", raft.appendMax(), 1, 8)),
        config.integer("ledger.batch-commands", defaults.batchCommands, 1, 4096),
        (int) Math.min(config.size("ledger.batch-bytes", defaults.batchBytes), 400 << 10),
        config.integer("ledger.batches-under-way", defaults.batchesUnderWay, 1, 64),
        config.integer("ledger.queue", defaults.queue, 1, 1_000_000),
        config.duration("ledger.wake-every", defaults.wakeEvery),
        config.duration("ledger.stand-in-after", defaults.standInAfter));
  }
}
