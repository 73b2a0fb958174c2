package io.elottery.worker.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
  @Test
  void aFifthIsNotForWagers() {
    List<MemoryUsage> pools = new ArrayList<>(List.of(used(100), used(500)));
    HeapRoom room = new HeapRoom(() -> pools, 1_000);

    assertThat(room.getAsLong()).isEqualTo(200);

    pools.add(used(199));
    assertThat(room.getAsLong()).isEqualTo(1);

    pools.add(used(150));
    assertThat(room.getAsLong()).as("of the reserve some is used already").isZero();
  }

  @Test
  void aPoolThatWasNeverCollectedHoldsNothing() {
    List<MemoryUsage> pools = new ArrayList<>();
    pools.add(null);

    assertThat(new HeapRoom(() -> pools, 1_000).getAsLong()).isEqualTo(800);
  }

  @Test
  void thisProcessHasRoom() {
    System.gc();

    assertThat(new HeapRoom().getAsLong()).isBetween(1L, Runtime.getRuntime().maxMemory());
  }

  private static MemoryUsage used(long bytes) {
    return new MemoryUsage(0, bytes, bytes, -1);
  }
}
