package io.elottery.foundation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FaultTableTest {
  private final List<String> done = new ArrayList<>();

  private FaultHandler handler(FaultTable table) {
    return table.handler(() -> done.add("step down"), () -> done.add("stop"));
  }

  @Test
  void bugStopsTheNodeOnce() {
    FaultHandler handler = handler(FaultTable.standard());

    handler.fault("loop", new InvariantViolation("broken"));
    handler.fault("loop", new IllegalStateException("broken too"));

    assertThat(done).containsExactly("stop");
  }

  @Test
  void fullQueueIsOnlyLogged() {
    handler(FaultTable.standard()).fault("loop", new RejectedExecutionException("full"));

    assertThat(done).isEmpty();
  }

  @Test
  void addedRowComesFirst() {
    FaultTable table =
        FaultTable.standard().with(IllegalStateException.class, Consequence.STEP_DOWN);

    handler(table).fault("loop", new IllegalStateException("lost the election"));

    assertThat(done).containsExactly("step down");
    assertThat(table.consequence(new OutOfMemoryError())).isEqualTo(Consequence.STOP);
  }
}
