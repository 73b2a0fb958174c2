package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.call.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that come while nobody is known to write. */
final class HeldCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SimWorld world = new SimWorld(1);
  private final List<Response> told = new ArrayList<>();
  private final List<String> again = new ArrayList<>();
  private @Nullable HeldCalls started;

  HeldCallsTest() {
    world.node("worker-1", Role.WORKER, this::boot);
    world.startAll();
  }

  private void boot(SimNode node) {
    started = new HeldCalls(node.loop("ledger"), 2);
  }

  @Test
  void goAgainTogetherWhenTheWriterIsKnown() {
    assertThat(hold("first", PATIENCE)).isTrue();
    assertThat(hold("second", PATIENCE)).isTrue();
    assertThat(hold("one too many", PATIENCE)).isFalse();
    world.runFor(Duration.ofMillis(100));
    assertThat(again).isEmpty();

    held().release();

    assertThat(again).containsExactly("first", "second");
    assertThat(held().isEmpty()).isTrue();
    world.runFor(Duration.ofSeconds(1));
    assertThat(told).as("nothing besides").isEmpty();
  }

  @Test
  void areSentAwayInTimeToAskSomebodyElse() {
    hold("patient", PATIENCE);
    hold("hasty", Duration.ofMillis(60));

    world.runFor(Duration.ofMillis(35));
    assertThat(told).containsExactly(new Response.Redirect(Optional.empty()));
    world.runFor(HeldCalls.HELD_MAX);

    assertThat(told).hasSize(2);
    assertThat(again).isEmpty();
  }

  @Test
  void areSentAwayWhenTheCopyIsClosed() {
    hold("first", PATIENCE);

    held().close();

    assertThat(told).containsExactly(new Response.Redirect(Optional.empty()));
  }

  private boolean hold(String name, Duration patience) {
    return held().hold(patience, () -> again.add(name), told::add);
  }

  private HeldCalls held() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
