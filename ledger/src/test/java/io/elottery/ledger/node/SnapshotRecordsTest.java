package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.raft.RaftSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What snapshots leave on the disk. */
final class SnapshotRecordsTest {
  private static final int KIND_AT = 1 + 2 + 8;

  @Test
  void olderSnapshotsAndTheirEntriesAreRemoved() {
    LedgerConfig defaults = LedgerConfig.defaults();
    RaftSettings raft = defaults.raft();
    LedgerConfig often =
        new LedgerConfig(
            new RaftSettings(
                raft.heartbeat(),
                raft.heartbeatTimeout(),
                raft.electionTimeout(),
                20,
                raft.snapshotBytes(),
                raft.pendingMax(),
                raft.appendMax()),
            1,
            defaults.batchBytes(),
            1,
            defaults.queue(),
            defaults.wakeEvery(),
            defaults.standInAfter());
    SimLedger ledger = new SimLedger(5, 5, 1, often);
    ledger.world().startAll();
    ledger.play(4, Duration.ofMillis(5));

    ledger.world().runFor(Duration.ofSeconds(10));
    ledger.settle(Duration.ofSeconds(10));

    assertThat(ledger.acknowledged()).isGreaterThan(200);
    for (SimNode worker : ledger.workers()) {
      assertThat(indexes(worker)).as("snapshots of %s", worker.id()).isEqualTo(1);
      assertThat(records(worker, 'P'))
          .as("pieces of %s", worker.id())
          .isGreaterThan(10)
          .isEqualTo(records(worker, 'S'));
      assertThat(records(worker, 'L')).as("entries of %s", worker.id()).isLessThan(60);
    }
  }

  private static long indexes(SimNode worker) {
    return worker.disk("ledger").all().keySet().stream()
        .filter(key -> key[0] == 1 && key[KIND_AT] == 'S')
        .map(key -> ByteBuffer.wrap(key).getLong(KIND_AT + 1))
        .distinct()
        .count();
  }

  private static long records(SimNode worker, char kind) {
    return worker.disk("ledger").all().keySet().stream()
        .filter(key -> key[0] == 1 && key[KIND_AT] == kind)
        .count();
  }
}
