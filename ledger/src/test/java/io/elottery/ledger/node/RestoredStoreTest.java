package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.DiskFaults;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimFailure;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A worker whose disk is put back to what it was: an old backup, or a disk that lied. */
final class RestoredStoreTest {
  private static final ShardId SHARD = new ShardId(0);

  @Test
  void itsVoteDoesNotHelpThoseWhoMissedANoteToWrite() {
    Seeds.each(10, seed -> assertThat(somebodyWrites(seed, SimStore::open)).isFalse());
  }

  @Test
  void itWouldIfNobodyKnewHowFarItHadCome() {
    assertThat(somebodyWrites(1, SimStore::blind)).isTrue();
  }

  /** Found with real processes: both are opened as often and from where the backup ends. */
  @Test
  void aBackupMadeWhileItWasStoppedIsNoticedAlsoWhenItRanOnlyOnceSince() {
    Seeds.each(
        5,
        seed -> {
          SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
          SimNode restored = ledger.workers().get(1);
          ledger.world().startAll();
          ledger.play(3, Duration.ofMillis(10));
          ledger.world().runFor(Duration.ofSeconds(2));
          restored.crash();
          SimDisk.Image backup = restored.disk("ledger").image();
          restored.start();
          ledger.world().runFor(Duration.ofSeconds(3));
          restored.crash();
          restored.disk("ledger").restore(backup);
          restored.start();
          ledger.world().runFor(Duration.ofSeconds(5));

          assertThat(ledger.ledger(restored.id()).troubles())
              .singleElement()
              .asString()
              .startsWith("COPY_DAMAGED shard-0: its store went back");
          ledger.settle(Duration.ofSeconds(20));
        });
  }

  @Test
  void itClosesItsCopyForGoodAndTheOthersGoOn() {
    Seeds.each(
        5,
        seed -> {
          SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
          SimNode restored = ledger.workers().get(1);
          SimDisk.Image backup = playAndBackUp(ledger, restored);
          restored.crash();
          restored.disk("ledger").restore(backup);
          restored.start();
          ledger.world().runFor(Duration.ofSeconds(5));

          assertThat(ledger.ledger(restored.id()).machine(SHARD)).isEmpty();
          assertThat(ledger.ledger(restored.id()).troubles())
              .singleElement()
              .asString()
              .startsWith("COPY_DAMAGED shard-0: its store went back");

          restored.crash();
          restored.start();
          ledger.settle(Duration.ofSeconds(20));
          assertThat(ledger.ledger(restored.id()).machine(SHARD)).as("after a restart").isEmpty();
        });
  }

  @Test
  void aLyingDiskIsFoundOutByItsCrash() {
    int found = 0;
    for (long seed = 1; seed <= 10; seed++) {
      SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
      SimNode liar = ledger.workers().get(1);
      liar.disk("ledger").behave(DiskFaults.lying());
      playAndBackUp(ledger, liar);
      liar.crash();
      liar.start();
      ledger.settle(Duration.ofSeconds(20));
      found += ledger.ledger(liar.id()).troubles().size();
    }
    // Half of its syncs were lies; when the last one was not, nothing is missing.
    assertThat(found).isPositive();
  }

  private static SimDisk.Image playAndBackUp(SimLedger ledger, SimNode node) {
    ledger.world().startAll();
    ledger.play(3, Duration.ofMillis(10));
    ledger.world().runFor(Duration.ofSeconds(2));
    SimDisk.Image backup = node.disk("ledger").image();
    ledger.world().runFor(Duration.ofSeconds(3));
    return backup;
  }

  // Two miss what three acknowledge; then one of the three goes back and the others are down.
  private static boolean somebodyWrites(long seed, Function<SimNode, DurableStore> stores) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults(), stores);
    SimWorld world = ledger.world();
    world.startAll();
    world.runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    world.runFor(Duration.ofMillis(500));
    NodeId writer = ledger.writer(SHARD).orElseThrow();
    List<NodeId> others = new ArrayList<>(ledger.ring().placement(SHARD).nodes());
    others.remove(writer);
    SimNode kept = world.node(others.get(0));
    SimNode restored = world.node(others.get(1));
    SimDisk.Image backup = restored.disk("ledger").image();
    // They hear how far the others' stores come, and get none of the notes.
    ledger.play(2, Duration.ofMillis(5));
    world.runFor(Duration.ofMillis(1500));
    world.partition(others.subList(2, 4), List.of(writer, kept.id(), restored.id()));
    world.runFor(Duration.ofMillis(400));

    List.of(world.node(writer), kept, restored).forEach(SimNode::crash);
    restored.disk("ledger").restore(backup);
    world.heal();
    restored.start();
    try {
      world.runFor(Duration.ofSeconds(20));
    } catch (SimFailure loss) {
      return true;
    }
    return ledger.writer(SHARD).isPresent();
  }
}
