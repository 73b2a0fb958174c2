package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An entry that does not fit an envelope could never leave the writer: its shard would stand. */
final class EnvelopeSizeTest {
  private static final ShardId SHARD = new ShardId(0);

  private final SimLedger ledger = new SimLedger(3, 5, 1, LedgerConfig.defaults());

  @Test
  void aCommandThatFillsNoBatchIsRefusedAndTheShardGoesOn() {
    start();

    CompletableFuture<Delivery> answer =
        ledger.deliver("branch/A", new byte[LedgerConfig.defaults().batchBytes() + 1]);
    ledger.world().runUntil("an answer", answer::isDone, Duration.ofSeconds(10));

    assertThat(answer.join()).isInstanceOf(Delivery.Unavailable.class);
    ledger.play(1, Duration.ofMillis(10));
    ledger.world().runUntil("goes on", () -> ledger.acknowledged() > 3, Duration.ofSeconds(5));
  }

  @Test
  void aReplicaThatMissedManyFullBatchesGetsThem() {
    start();
    NodeId writer = ledger.writer(SHARD).orElseThrow();
    NodeId laggard =
        ledger.ring().placement(SHARD).nodes().stream()
            .filter(node -> !node.equals(writer))
            .findFirst()
            .orElseThrow();
    ledger.world().partition(List.of(laggard), List.of(writer));
    for (int i = 0; i < 20; i++) {
      byte[] full = new byte[LedgerConfig.defaults().batchBytes()];
      Arrays.fill(full, (byte) ('a' + i));
      CompletableFuture<Delivery> answer = ledger.deliver("branch/A", full);
      ledger.world().runUntil("an answer", answer::isDone, Duration.ofSeconds(5));
      assertThat(answer.join()).isInstanceOf(Delivery.Answered.class);
    }

    ledger.world().heal();

    ledger.settle(Duration.ofSeconds(10));
  }

  @Test
  void settingsThatAllowTooLargeARequestAreRefused() {
    LedgerConfig defaults = LedgerConfig.defaults();

    assertThatThrownBy(
            () ->
                new LedgerConfig(
                    defaults.raft(),
                    512,
                    470 << 10,
                    2,
                    100,
                    defaults.wakeEvery(),
                    defaults.standInAfter()))
        .hasMessageContaining("append-max × batch-bytes");
  }

  private void start() {
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
  }
}
