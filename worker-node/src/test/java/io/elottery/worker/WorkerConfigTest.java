package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigTest {
  private static final Map<String, String> NEEDED =
      Map.of(
          "node.name", "worker-1",
          "node.dir", "d",
          "mains", "main-1@127.0.0.1:7001",
          "trunk.listen", "127.0.0.1:7002",
          "link.listen", "127.0.0.1:7003");

  @Test
  void defaultsAreTheDocumentedOnes() throws Exception {
    ConfigSource source = ConfigSource.of(NEEDED);

    WorkerConfig config = WorkerConfig.from(source);
    source.done();

    assertThat(config.enrolToken()).isEmpty();
    assertThat(config.admin()).isEmpty();
    assertThat(config.reports()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.diskReserve()).isEqualTo(512L << 20);
    assertThat(config.heartbeat().interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.trunk().joiningMax()).isZero();
  }

  @Test
  void everyKeyIsMapped(@TempDir Path directory) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "x");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> values = new HashMap<>(NEEDED);
    values.put("mains", "main-1@127.0.0.1:7001,main-2@127.0.0.1:7004");
    values.put("enrol.token-file", token.toString());
    values.put("admin.listen", "127.0.0.1:7005");
    values.put("reports.interval", "1s");
    values.put("ledger.disk.reserve", "1GiB");
    values.put("heartbeat.interval", "100ms");
    ConfigSource source = ConfigSource.of(values);

    WorkerConfig config = WorkerConfig.from(source);
    source.done();

    assertThat(config.node()).isEqualTo(NodeId.of("worker-1"));
    assertThat(config.dir()).isEqualTo(Path.of("d"));
    assertThat(config.mains())
        .containsExactly(
            new MainAddress(NodeId.of("main-1"), new Address("127.0.0.1", 7001)),
            new MainAddress(NodeId.of("main-2"), new Address("127.0.0.1", 7004)));
    assertThat(config.enrolToken()).contains(token);
    assertThat(config.admin()).contains(new Address("127.0.0.1", 7005));
    assertThat(config.trunk().listen()).contains(new Address("127.0.0.1", 7002));
    assertThat(config.link().listen()).isEqualTo(new Address("127.0.0.1", 7003));
    assertThat(config.reports()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.diskReserve()).isEqualTo(1L << 30);
    assertThat(config.heartbeat().interval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    ConfigSource source =
        ConfigSource.of(
            Map.of("mains", "127.0.0.1:7001", "reports.interval", "1ms", "trunk.lisen", "x:1"));

    WorkerConfig.from(source);

    assertThatThrownBy(source::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("node.name is missing")
        .hasMessageContaining("node.dir is missing")
        .hasMessageContaining("trunk.listen is missing")
        .hasMessageContaining("link.listen is missing")
        .hasMessageContaining("expected id@host:port")
        .hasMessageContaining("reports.interval")
        .hasMessageContaining("did you mean trunk.listen?");
  }
}
