package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who takes over when the failure detector says that the writer is dead. */
final class StandInTest {
  private static final ShardId SHARD = new ShardId(0);

  private final SimLedger ledger = new SimLedger(11, 5, 1, LedgerConfig.defaults());

  @Test
  void survivorWithTheWholeLogFollowsOneThatStoodAndLost() {
    NodeId writer = startAndElect();
    List<NodeId> survivors = new ArrayList<>(ledger.ring().placement(SHARD).nodes());
    survivors.remove(writer);
    NodeId behind = survivors.get(0);
    ledger.world().cutOneWay(writer, behind);
    ledger.play(1, Duration.ofMillis(5));
    ledger.world().runFor(Duration.ofMillis(300));

    ledger.stopPlaying();
    ledger.world().node(writer).crash();
    ledger.world().heal();
    survivors.forEach(survivor -> ledger.ledger(survivor).suspect(writer));

    ledger
        .world()
        .runUntil(
            "another writer",
            () -> survivors.stream().anyMatch(this::writes),
            Duration.ofMillis(400));
    assertThat(writes(behind)).isFalse();
  }

  @Test
  void theFirstElectionDoesNotWaitForATimeOut() {
    ledger.world().startAll();

    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofMillis(800));
  }

  private NodeId startAndElect() {
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    ledger.world().runFor(Duration.ofMillis(500));
    return ledger.writer(SHARD).orElseThrow();
  }

  private boolean writes(NodeId worker) {
    SimNode node = ledger.world().node(worker);
    return node.isAlive()
        && ledger.ledger(worker).status().stream().anyMatch(it -> it.group().writes());
  }
}
