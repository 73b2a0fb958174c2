package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guard 4: MicroRaft's settings are whole seconds, ours are tenths. */
final class TimeOutTest {
  private static final ShardId SHARD = new ShardId(0);

  @Test
  void aDeadWriterIsReplacedSoonAfterTheTimeOutOfASecondWithoutAnyHint() {
    Seeds.each(8, TimeOutTest::run);
  }

  private static void run(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(2));
    ledger.world().runFor(Duration.ofSeconds(1));
    NodeId dead = ledger.writer(SHARD).orElseThrow();

    ledger.world().node(dead).crash();

    ledger
        .world()
        .runUntil(
            "another writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofMillis(1_900));
  }
}
