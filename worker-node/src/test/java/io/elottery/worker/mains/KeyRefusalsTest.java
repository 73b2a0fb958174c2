package io.elottery.worker.mains;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRefusalsTest {
  private final Clock clock = new Clock();
  private final List<String> told = new ArrayList<>();
  private final NodeLoop loop =
      new NodeLoop(
          "supervision",
          clock,
          10,
          (where, problem) -> {
            throw new AssertionError(where, problem);
          });
  private final KeyRefusals refusals = new KeyRefusals(loop, told::add);

  @Test
  void refusedStepsAreCountedAndToldTogether() {
    refusals.add("OFFER of worker-1~worker-2/neighbour", "EPOCH_CUT", "this epoch was cut");
    refusals.add("OFFER of worker-1~worker-3/neighbour", "OLD_FENCE", "a newer one was seen");
    loop.poll();
    assertThat(told).isEmpty();

    clock.nanos += Duration.ofSeconds(5).toNanos();
    loop.poll();

    assertThat(told)
        .containsExactly(
            "2 key steps were refused here, the last: OFFER of worker-1~worker-3/neighbour,"
                + " OLD_FENCE: a newer one was seen");
    assertThat(refusals.count()).isEqualTo(2);
    assertThat(refusals.count("OLD_FENCE")).isEqualTo(1);
  }

  @Test
  void whatIsUsualIsOnlyCounted() {
    refusals.add("ACTIVATE of worker-1~worker-2/neighbour", "NOT_YET", "not under this epoch yet");
    clock.nanos += Duration.ofMinutes(1).toNanos();
    loop.poll();

    assertThat(told).isEmpty();
    assertThat(refusals.count("NOT_YET")).isEqualTo(1);
  }

  private static final class Clock implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
