package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A copy comes to be while the writer takes a new snapshot long before it has sent the last. */
final class JoinUnderLoadTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final NodeId JOINER = NodeId.of("worker-6");
  private static final int NOTES = 4_000; // 250 pieces

  private final SimLedger ledger = new SimLedger(6, 7, 1, LedgerSimulation.small(50, 16 << 20));
  private final SimMembers members = new SimMembers(ledger);

  @Test
  void itIsWholeAlthoughNoSnapshotLastsUntilItIsSent() {
    ledger.heldByFirst(5).world().startAll();
    ledger.play(20, Duration.ofMillis(5));
    ledger
        .world()
        .runUntil("many notes", () -> ledger.acknowledged() > NOTES, Duration.ofMinutes(5));

    NodeId old =
        NodeId.of("worker-1").equals(writer()) ? NodeId.of("worker-2") : NodeId.of("worker-1");
    members.want(SHARD, is -> is.exchange(old, JOINER, "test", members.now()));
    int before = ledger.acknowledged();
    ledger
        .world()
        .runUntil(
            "the copy is whole", () -> members.rests() && members.isWhole(), Duration.ofMinutes(2));

    assertThat(ledger.acknowledged() - before).as("notes meanwhile").isGreaterThan(500);
    ledger.settle(Duration.ofSeconds(30));
  }

  private NodeId writer() {
    return ledger.writer(SHARD).orElseThrow();
  }
}
