package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bits that turn over at rest. */
final class ScrubTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final ShardId OTHER = new ShardId(1);

  @Test
  void whatIsSoundIsFoundSound() {
    SimLedger ledger = played(1);

    StoreScrub.Found found = ledger.ledger(ledger.workers().get(0).id()).scrub().run(bytes -> {});

    assertThat(found.isSound()).isTrue();
    assertThat(found.records()).isGreaterThan(20);
    assertThat(found.bytes()).isGreaterThan(1000);
  }

  @Test
  void aFlippedBitClosesItsCopyAndNoOtherAndTheOthersGoOn() {
    Seeds.each(
        20,
        seed -> {
          SimLedger ledger = played(seed);
          SimNode node = ledger.workers().get(2);
          boolean flipped = node.disk("ledger").flip(key -> isOf(key, SHARD), new SimRandom(seed));
          assertThat(flipped).isTrue();

          LedgerNode there = ledger.ledger(node.id());
          there.scrubbed(there.scrub().run(bytes -> {}));

          assertThat(there.machine(SHARD)).isEmpty();
          assertThat(there.machine(OTHER)).isPresent();
          assertThat(there.troubles())
              .singleElement()
              .asString()
              .startsWith("COPY_DAMAGED shard-0: record 010000");
          ledger.settle(Duration.ofSeconds(20));
        });
  }

  @Test
  void aFlippedBitIsFoundWhenTheCopyIsOpened() {
    Seeds.each(
        20,
        seed -> {
          SimLedger ledger = played(seed);
          SimNode node = ledger.workers().get(2);
          node.crash();
          node.disk("ledger").flip(key -> isOf(key, SHARD), new SimRandom(seed));
          node.start();
          ledger.world().runFor(Duration.ofSeconds(2));

          assertThat(ledger.ledger(node.id()).machine(SHARD)).isEmpty();
          assertThat(ledger.ledger(node.id()).machine(OTHER)).isPresent();
          ledger.settle(Duration.ofSeconds(20));
        });
  }

  private static SimLedger played(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 2, LedgerConfig.defaults());
    ledger.world().startAll();
    ledger.play(4, Duration.ofMillis(20));
    ledger.world().runFor(Duration.ofSeconds(2));
    return ledger;
  }

  private static boolean isOf(byte[] key, ShardId shard) {
    return key[0] == 1 && key[1] == 0 && key[2] == shard.number();
  }
}
