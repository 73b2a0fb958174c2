package io.elottery.heartbeat.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryConfigTest {
  private static final RegistryConfig.Stores STORES =
      new RegistryConfig.Stores(Path.of("k.p12"), Path.of("t.p12"), Path.of("password"));
  private static final List<NodeId> MAINS = List.of(NodeId.of("main-1"), NodeId.of("main-2"));

  @Test
  void defaultsNeedOnlyTheServers() throws Exception {
    ConfigSource source = ConfigSource.of(Map.of("registry.servers", "localhost:2281"));

    RegistryConfig config = RegistryConfig.from(source, STORES, MAINS);

    source.done();
    assertThat(config)
        .isEqualTo(RegistryConfig.of(List.of(new Address("localhost", 2281)), STORES, MAINS));
    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void everyKeyIsMapped(@TempDir Path dir) throws Exception {
    Path password = Files.writeString(dir.resolve("p"), "x");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "registry.servers", "a:1,b:2",
                "registry.key-store", "own.p12",
                "registry.trust-store", "trusted.p12",
                "registry.password-file", password.toString(),
                "registry.mains", "main-7",
                "registry.session-timeout", "5s",
                "registry.root", "other"));

    RegistryConfig config = RegistryConfig.from(source, STORES, MAINS);

    source.done();
    assertThat(config)
        .isEqualTo(
            new RegistryConfig(
                List.of(new Address("a", 1), new Address("b", 2)),
                new RegistryConfig.Stores(Path.of("own.p12"), Path.of("trusted.p12"), password),
                List.of(NodeId.of("main-7")),
                Duration.ofSeconds(5),
                "other"));
  }

  @Test
  void wrongValuesAreRefusedTogether() {
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "registry.servers", "nowhere",
                "registry.session-timeout", "10ms",
                "registry.mains", "Main!"));

    RegistryConfig.from(source, STORES, MAINS);

    assertThatThrownBy(source::done)
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("registry.servers")
        .hasMessageContaining("registry.session-timeout")
        .hasMessageContaining("registry.mains");
  }
}
