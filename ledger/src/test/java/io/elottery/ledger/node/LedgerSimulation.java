package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimChaos;
import io.elottery.ledger.raft.RaftSettings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real replicas under crashes, lost writes, cuts, pauses and a bad network. */
@Tag("sim")
final class LedgerSimulation {
  @Test
  void nothingAcknowledgedIsLostWithOneShardOnFiveWorkers() {
    long began = System.nanoTime();
    long[] ran = new long[2];

    Seeds.each(100, seed -> run(seed, 5, 1, Duration.ofSeconds(12), ran));

    report("1 shard on 5 workers", ran, began);
  }

  @Test
  void nothingAcknowledgedIsLostWithFourShardsOnSixWorkers() {
    long began = System.nanoTime();
    long[] ran = new long[2];

    Seeds.each(20, seed -> run(seed, 6, 4, Duration.ofSeconds(8), ran));

    report("4 shards on 6 workers", ran, began);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    assertThat(trace(7)).isEqualTo(trace(7)).isNotEqualTo(trace(8));
  }

  private static long trace(long seed) {
    SimLedger ledger = chaos(seed, 5, 1, Duration.ofSeconds(5));
    return ledger.world().traceHash();
  }

  private static void run(long seed, int workers, int shards, Duration chaos, long[] ran) {
    SimLedger ledger = chaos(seed, workers, shards, chaos);
    ledger.settle(Duration.ofSeconds(120));
    assertThat(ledger.acknowledged()).as("seed %d sold something", seed).isPositive();
    ran[0]++;
    ran[1] += ledger.acknowledged();
  }

  private static SimLedger chaos(long seed, int workers, int shards, Duration duration) {
    SimLedger ledger = new SimLedger(seed, workers, shards, small());
    ledger.world().network("replica").behave(NetworkFaults.some());
    ledger.world().network("trunk").behave(NetworkFaults.some());
    ledger.world().startAll();
    ledger.play(6, Duration.ofMillis(20));
    SimChaos chaos =
        new SimChaos(ledger.world(), ledger.workers(), 2, Duration.ofMillis(700)).begin();
    ledger.world().runFor(duration);
    chaos.end();
    return ledger;
  }

  /** Snapshots so often that restarts and laggards meet them. */
  static LedgerConfig small() {
    return small(50, 2_000);
  }

  /** Few commands in an entry, and snapshots after so many entries or bytes of them. */
  static LedgerConfig small(int snapshotEvery, long snapshotBytes) {
    LedgerConfig defaults = LedgerConfig.defaults();
    RaftSettings raft = defaults.raft();
    return new LedgerConfig(
        new RaftSettings(
            raft.heartbeat(),
            raft.heartbeatTimeout(),
            raft.electionTimeout(),
            snapshotEvery,
            snapshotBytes,
            raft.pendingMax(),
            raft.appendMax()),
        4,
        defaults.batchBytes(),
        defaults.batchesUnderWay(),
        defaults.queue(),
        defaults.wakeEvery(),
        defaults.standInAfter());
  }

  private static void report(String what, long[] ran, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%s: %d seeds in %.1f s (%.1f/s), %d acknowledged, none lost%n",
        what, ran[0], seconds, ran[0] / seconds, ran[1]);
  }
}
