package io.elottery.worker.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepConfigTest {
  @Test
  void whatEndedIsKeptForFourHundredDays() throws ConfigRefused {
    ConfigSource source = ConfigSource.of(Map.of());

    assertThat(KeepConfig.from(source)).isEqualTo(new KeepConfig(Duration.ofDays(400)));
    source.done();
  }

  @Test
  void theKeyIsMapped() throws ConfigRefused {
    ConfigSource source = ConfigSource.of(Map.of("ledger.keep", "21d"));

    assertThat(KeepConfig.from(source).keep()).isEqualTo(Duration.ofDays(21));
    source.done();
  }

  @Test
  void lessThanThreeWeeksIsRefused() {
    ConfigSource source = ConfigSource.of(Map.of("ledger.keep", "20d"));
    KeepConfig.from(source);

    assertThatThrownBy(source::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("ledger.keep: expected 21d or more");
  }
}
