package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker whose directory was emptied and that comes back under its known incarnation. */
final class EmptiedStoreTest {
  private static final ShardId SHARD = new ShardId(0);

  @Test
  void itsVoteDoesNotHelpThoseWhoMissedANoteToWrite() {
    Seeds.each(10, EmptiedStoreTest::run);
  }

  private static void run(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
    SimWorld world = ledger.world();
    world.startAll();
    world.runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    world.runFor(Duration.ofMillis(500));
    NodeId writer = ledger.writer(SHARD).orElseThrow();
    List<NodeId> others = new ArrayList<>(ledger.ring().placement(SHARD).nodes());
    others.remove(writer);
    NodeId kept = others.get(0);
    SimNode emptied = world.node(others.get(1));

    // Two miss what three acknowledge; then one of the three forgets and the others are down.
    world.partition(others.subList(2, 4), List.of(writer, kept, emptied.id()));
    ledger.play(2, Duration.ofMillis(5));
    world.runFor(Duration.ofMillis(400));
    int before = ledger.acknowledged();
    assertThat(before).isPositive();
    List.of(world.node(writer), world.node(kept), emptied).forEach(SimNode::crash);
    emptied.disk("ledger").wipe();
    world.heal();
    emptied.start();
    world.runFor(Duration.ofSeconds(20));

    assertThat(ledger.writer(SHARD)).as("seed %d: three who know nothing", seed).isEmpty();
    assertThat(ledger.ledger(others.get(2)).refused()).isPositive();
    world.startAll();
    world.runFor(Duration.ofSeconds(10));
    assertThat(ledger.acknowledged()).isGreaterThan(before);
  }
}
