package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guard 5: a writer that is cut off and replaced at once never answers from its old state. */
@Tag("sim")
final class CutOffWriterSimulation {
  private static final ShardId SHARD = new ShardId(0);

  @Test
  void readersNeverSeeLessThanWasAcknowledgedBeforeTheyAsked() {
    Seeds.each(12, CutOffWriterSimulation::run);
  }

  private static void run(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
    ledger.read(8, Duration.ofMillis(3));
    ledger.world().startAll();
    ledger.play(4, Duration.ofMillis(5));
    ledger.world().runFor(Duration.ofSeconds(2));
    for (int round = 0; round < 3; round++) {
      cutOff(ledger);
    }
    ledger.settle(Duration.ofSeconds(60));
    assertThat(ledger.reads()).isGreaterThan(500);
  }

  private static void cutOff(SimLedger ledger) {
    NodeId old = ledger.writer(SHARD).orElseThrow();
    // Its replica links are gone; players and readers still reach it.
    ledger.world().network("replica").only((a, b) -> !a.equals(old) && !b.equals(old));
    ledger.ring().placement(SHARD).nodes().stream()
        .filter(node -> !node.equals(old))
        .forEach(node -> ledger.ledger(node).suspect(old));
    ledger
        .world()
        .runUntil(
            "a survivor writes while the old writer still believes that it does",
            () -> ledger.writer(SHARD).filter(node -> !node.equals(old)).isPresent(),
            Duration.ofMillis(400));
    ledger.world().runFor(Duration.ofSeconds(2));
    ledger.world().network("replica").only((a, b) -> true);
    ledger.world().runFor(Duration.ofSeconds(1));
  }
}
