package io.elottery.worker.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NightlyTest {
  private static final NodeId WORKER = NodeId.of("worker-1");

  @Test
  void onceADayWithinAnHour() throws ConfigRefused {
    Nightly nightly = Nightly.from(ConfigSource.of(Map.of()));
    Instant three = Instant.parse("2026-11-21T03:00:00Z");

    Instant first = nightly.next(WORKER, three.minusSeconds(7200)).orElseThrow();
    assertThat(first).isBetween(three, three.plusSeconds(3600));
    assertThat(nightly.next(WORKER, first)).contains(first.plus(Duration.ofDays(1)));
    assertThat(nightly.next(WORKER, first.minusMillis(1))).contains(first);
  }

  @Test
  void neverWhenOffAndNonsenseIsRefused() throws ConfigRefused {
    assertThat(Nightly.from(ConfigSource.of(Map.of("ledger.scrub", "off"))).at()).isEmpty();
    ConfigSource wrong = ConfigSource.of(Map.of("ledger.scrub", "at night"));
    Nightly.from(wrong);
    assertThatThrownBy(wrong::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("ledger.scrub");
  }
}
