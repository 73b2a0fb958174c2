package io.elottery.heartbeat.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.heartbeat.detector.DetectorConfig;
import io.elottery.heartbeat.trunk.TrunkConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigsTest {
  @Test
  void defaultsAreTheDocumentedOnes() throws Exception {
    ConfigSource source = ConfigSource.of(Map.of("link.listen", "127.0.0.1:7001"));

    LinkConfig link = LinkConfig.from(source);
    TrunkConfig trunk = TrunkConfig.from(source);
    DetectorConfig detector = DetectorConfig.from(source);
    source.done();

    assertThat(link).isEqualTo(LinkConfig.listeningOn(new Address("127.0.0.1", 7001)));
    assertThat(trunk).isEqualTo(TrunkConfig.dialOnly());
    assertThat(trunk.withoutJoining().joiningMax()).isZero();
    assertThat(detector).isEqualTo(DetectorConfig.every(Duration.ofMillis(500)));
  }

  @Test
  void everyKeyIsMapped() throws Exception {
    Map<String, String> values = new HashMap<>();
    for (String part : new String[] {"trunk.", "link."}) {
      values.put(part + "listen", "127.0.0.1:7002");
      values.put(part + "handshake-timeout", "1s");
      values.put(part + "idle", "2s");
      values.put(part + "retry-first", "3ms");
      values.put(part + "retry-max", "4s");
      values.put(part + "handshakes-max", "5");
      values.put(part + "outbound-max", "9MiB");
    }
    values.put("trunk.joining-max", "6");
    values.put("heartbeat.interval", "250ms");
    ConfigSource source = ConfigSource.of(values);

    TrunkConfig trunk = TrunkConfig.from(source);
    LinkConfig link = LinkConfig.from(source);
    DetectorConfig detector = DetectorConfig.from(source);
    source.done();

    Address at = new Address("127.0.0.1", 7002);
    assertThat(trunk)
        .isEqualTo(
            new TrunkConfig(
                at,
                OwnAddresses.ANY,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(3),
                Duration.ofSeconds(4),
                5,
                6,
                9L << 20));
    assertThat(link)
        .isEqualTo(
            new LinkConfig(
                at,
                OwnAddresses.ANY,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(3),
                Duration.ofSeconds(4),
                5,
                9L << 20));
    assertThat(detector.interval()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void wrongValuesAreRefusedTogether() {
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "trunk.outbound-max", "1KiB",
                "link.outbound-max", "1KiB",
                "link.handshakes-max", "0",
                "heartbeat.interval", "1ms"));

    TrunkConfig.from(source);
    LinkConfig.from(source);
    DetectorConfig.from(source);

    assertThatThrownBy(source::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("trunk.outbound-max")
        .hasMessageContaining("link.outbound-max")
        .hasMessageContaining("link.handshakes-max")
        .hasMessageContaining("link.listen is missing")
        .hasMessageContaining("heartbeat.interval");
  }
}
