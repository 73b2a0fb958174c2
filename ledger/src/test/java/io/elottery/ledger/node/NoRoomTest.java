package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Disks, and memories, that are full up to their reserve. */
final class NoRoomTest {
  private static final ShardId SHARD = new ShardId(0);

  @Test
  void whatStaysIsRefusedUntilThereIsRoomAgain() {
    long[] room = {1};
    SimLedger ledger =
        new SimLedger(
            3, 3, 1, LedgerConfig.defaults(), node -> SimStore.open(node).withRoom(() -> room[0]));
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));
    assertThat(write(ledger, "before")).isInstanceOf(Delivery.Answered.class);

    room[0] = 0;
    ledger.world().runFor(Duration.ofSeconds(2));

    assertThat(write(ledger, "during"))
        .isEqualTo(new Delivery.Full("disk full on " + ledger.writer(SHARD).orElseThrow()));
    assertThat(ledger.ledger(ledger.writer(SHARD).orElseThrow()).troubles())
        .singleElement()
        .asString()
        .startsWith("DISK_FULL worker-");

    room[0] = 1;
    ledger.world().runFor(Duration.ofSeconds(2));

    assertThat(write(ledger, "after")).isInstanceOf(Delivery.Answered.class);
    assertThat(ledger.ledger(ledger.writer(SHARD).orElseThrow()).troubles()).isEmpty();
  }

  @Test
  void aFullMemoryIsNamedAndRefusesWhatStaysToo() {
    SimLedger ledger = new SimLedger(3, 3, 1, LedgerConfig.defaults());
    ledger.world().startAll();
    ledger
        .world()
        .runUntil("a writer", () -> ledger.writer(SHARD).isPresent(), Duration.ofSeconds(10));

    ledger.memoryRoom(0);
    ledger.world().runFor(Duration.ofSeconds(2));

    assertThat(write(ledger, "during"))
        .isEqualTo(new Delivery.Full("memory full on " + ledger.writer(SHARD).orElseThrow()));
    assertThat(ledger.ledger(ledger.writer(SHARD).orElseThrow()).troubles())
        .singleElement()
        .asString()
        .startsWith("MEMORY_FULL worker-");

    ledger.memoryRoom(1);
    ledger.world().runFor(Duration.ofSeconds(2));

    assertThat(write(ledger, "after")).isInstanceOf(Delivery.Answered.class);
  }

  private static Delivery write(SimLedger ledger, String note) {
    CompletableFuture<Delivery> answer =
        ledger.deliver("branch/A", note.getBytes(StandardCharsets.UTF_8));
    ledger.world().runUntil("an answer", answer::isDone, Duration.ofSeconds(5));
    return answer.join();
  }
}
