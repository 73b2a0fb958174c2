package io.elottery.worker.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private final SimWorld world = new SimWorld(1);
  private final Time time = world.node("worker-1", Role.WORKER, node -> {}).time();
  private final AtomicInteger asked = new AtomicInteger();
  private final HeapRoom room = new HeapRoom(time, 1_000, asked::incrementAndGet);

  @Test
  void aFifthIsNotForWagers() {
    assertThat(room.getAsLong()).as("nothing was collected yet").isEqualTo(800);

    room.collected(600);
    assertThat(room.getAsLong()).isEqualTo(200);

    pass(HeapRoom.LATELY.plusMillis(1));
    room.collected(799);
    assertThat(room.getAsLong()).isEqualTo(1);

    pass(HeapRoom.LATELY.plusMillis(1));
    room.collected(950);
    assertThat(room.getAsLong()).as("of the reserve some is used already").isZero();
  }

  @Test
  void whatOnlyTheNextCollectionFindsUnusedDoesNotCount() {
    room.collected(500);
    pass(Duration.ofSeconds(5));
    room.collected(900);

    assertThat(room.getAsLong()).isEqualTo(300);

    pass(HeapRoom.LATELY);
    assertThat(room.getAsLong()).as("the 500 were long ago").isZero();
  }

  @Test
  void withoutRoomACollectionIsAskedForUntilThereIsSome() {
    room.collected(900);
    assertThat(room.getAsLong()).isZero();
    assertThat(asked).as("there was one just now").hasValue(0);

    pass(HeapRoom.AGAIN);
    room.getAsLong();
    room.getAsLong();
    assertThat(asked).hasValue(1);

    pass(HeapRoom.AGAIN);
    room.getAsLong();
    assertThat(asked).as("it did not come").hasValue(2);

    room.collected(300);
    assertThat(room.getAsLong()).isEqualTo(500);
    pass(HeapRoom.LATELY);
    room.getAsLong();
    assertThat(asked).as("there is room").hasValue(2);
  }

  @Test
  void thisProcessHasRoomAndIsWatched() {
    LongSupplier here = ProcessHeap.room();
    long empty = Runtime.getRuntime().maxMemory() / 5 * 4;

    System.gc();

    await().until(() -> here.getAsLong() < empty);
    assertThat(here.getAsLong()).isPositive();
  }

  private void pass(Duration duration) {
    world.runFor(duration);
  }
}
