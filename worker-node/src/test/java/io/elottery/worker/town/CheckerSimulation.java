package io.elottery.worker.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.DiskFaults;
import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimFailure;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.checker.Finding.Kind;
import io.elottery.worker.town.Shards.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A checker that never saw a violation proves nothing: what players saw is enough to find answers
 * that came too early, disks that lie, and a voter that forgot.
 */
@Tag("sim")
final class CheckerSimulation {
  private static final ShardId SHARD = new ShardId(0);
  private static final int SEEDS = 5;

  @Test
  void answersThatLeaveBeforeTheFlushAreFound() {
    assertThat(found(DiskStore::hasty, CheckerSimulation::losePower)).isNotEmpty();
  }

  @Test
  void disksThatLieAreFound() {
    Consumer<Shards> lying =
        shards -> {
          shards.workers.values().forEach(CheckerSimulation::lies);
          shards.world.runFor(Duration.ofSeconds(1));
          losePower(shards);
        };

    assertThat(found(DiskStore::open, lying)).isNotEmpty();
  }

  @Test
  void aVoterThatForgotAndIsNotKnownForItIsFound() {
    assertThat(found(DiskStore::open, CheckerSimulation::forgetAndVote)).isNotEmpty();
  }

  @Test
  void nothingIsFoundWhereAllIsAsItShouldBe() {
    assertThat(found(DiskStore::open, CheckerSimulation::losePower)).isEmpty();
  }

  private static void lies(SimNode worker) {
    worker.disk(DiskStore.DISK).behave(new DiskFaults(0.2, 0.9, Duration.ofMillis(3)));
  }

  private static Collection<Kind> found(Stores stores, Consumer<Shards> story) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Shards shards = new Shards(Script.calm(seed, 4), stores);
      shards.looksAtPlayersOnly();
      shards.world.untraced();
      try {
        shards.world.startAll();
        shards.world.runFor(Duration.ofSeconds(2));
        assertThat(shards.history.counts().acknowledged()).isPositive();
        story.accept(shards);
        Trial.settle(shards);
      } catch (SimFailure seen) {
        assertThat(seen).hasMessageContaining("WhatPlayersSaw");
        return shards.history.found().keySet();
      }
    }
    return List.of();
  }

  private static void losePower(Shards shards) {
    shards.workers.values().forEach(worker -> worker.crash());
    shards.world.runFor(Duration.ofMillis(100));
    shards.workers.values().forEach(worker -> worker.start());
    shards.world.runFor(Duration.ofSeconds(3));
  }

  // Three acknowledge what two miss; one of the three forgets and votes with the two.
  private static void forgetAndVote(Shards shards) {
    List<NodeId> all = new ArrayList<>(shards.ring().placement(SHARD).nodes());
    NodeId writer =
        all.stream()
            .filter(id -> shards.ledger(id).filter(CheckerSimulation::writes).isPresent())
            .findFirst()
            .orElseThrow();
    all.remove(writer);
    all.add(0, writer);
    List<NodeId> knowing = all.subList(0, 3);
    List<NodeId> missing = all.subList(3, 5);
    shards.world.partition(missing, knowing);
    shards.world.runFor(Duration.ofSeconds(1));
    knowing.forEach(id -> shards.node(id).crash());
    NodeId forgetful = knowing.get(1);
    SimDisk disk = shards.disk(forgetful);
    SortedMap<byte[], byte[]> name = new TreeMap<>(disk.durable().headMap(new byte[] {1}));
    disk.wipe();
    shards.world.heal();
    name.forEach(disk::hold);
    shards.node(forgetful).start();
    shards.world.runFor(Duration.ofSeconds(5));
    shards.node(knowing.get(0)).start();
    shards.node(knowing.get(2)).start();
    shards.world.runFor(Duration.ofSeconds(3));
  }

  private static boolean writes(LedgerNode ledger) {
    return ledger.status().stream().anyMatch(status -> status.group().writes());
  }
}
