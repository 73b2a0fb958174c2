package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.hemisphere.Preference;
import io.elottery.controller.history.HistoryConfig;
import io.elottery.controller.keys.KeysConfig;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.reports.triage.TriageConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControllerConfigTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "node.name", "main-1",
          "node.dir", "/srv/main-1",
          "mains", "main-1@h:1,main-2@h:2",
          "network.file", "/srv/network.yaml");

  @Test
  void whatIsNotGivenHasItsDefault() throws ConfigRefused {
    ControllerConfig config = read(Map.of());

    assertThat(config.prefer()).isEqualTo(Preference.BOTH);
    assertThat(config.bootstrapFile()).isEqualTo(Path.of("/srv/main-1/bootstrap.sealed"));
    assertThat(config.passphraseFile()).isEqualTo(Path.of("/srv/main-1/passphrase"));
    assertThat(config.supervision().probe()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.supervision().triage()).isEqualTo(TriageConfig.STANDARD);
    assertThat(config.placement().shards()).isEqualTo(4);
    assertThat(config.placement().copies()).isEqualTo(5);
    assertThat(config.draws().schedule()).isEmpty();
    assertThat(config.draws().branches()).hasSize(3);
    assertThat(config.history()).isEqualTo(HistoryConfig.STANDARD);
    assertThat(config.others()).hasSize(1);
  }

  @Test
  void everyKeyIsRead() throws ConfigRefused {
    ControllerConfig config =
        read(
            Map.ofEntries(
                Map.entry("prefer", "left"),
                Map.entry("vault.bootstrap-file", "/b"),
                Map.entry("admin.listen", "127.0.0.1:9"),
                Map.entry("probe.interval", "1s"),
                Map.entry("reports.intake", "20"),
                Map.entry("verdict.heard", "3s"),
                Map.entry("verdict.down", "4s"),
                Map.entry("verdict.fresh", "5s"),
                Map.entry("verdict.doubt", "6s"),
                Map.entry("verdict.silent", "7s"),
                Map.entry("ring.shards", "7"),
                Map.entry("ring.copies", "3"),
                Map.entry("draws.schedule", "powerball TOR every 5min open 4min"),
                Map.entry("draws.capacity", "8"),
                Map.entry("draws.build", "ab".repeat(32)),
                Map.entry("players.branches", "TOR"),
                Map.entry("party.interval", "9s"),
                Map.entry("keys.age-yellow", "10d"),
                Map.entry("keys.age-red", "20d"),
                Map.entry("keys.step-deadline", "40s"),
                Map.entry("keys.due-interval", "5min"),
                Map.entry("history.disk", "5MiB"),
                Map.entry("reports.kept", "77"),
                Map.entry("seed.games", "/g"),
                Map.entry("seed.results", "powerball=/r")));

    assertThat(config.prefer()).isEqualTo(Preference.LEFT);
    assertThat(config.bootstrapFile()).isEqualTo(Path.of("/b"));
    assertThat(config.admin()).isPresent();
    assertThat(config.supervision().probe()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.supervision().intake()).isEqualTo(20);
    assertThat(config.supervision().triage())
        .isEqualTo(
            new TriageConfig(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    assertThat(config.placement().shards()).isEqualTo(7);
    assertThat(config.placement().copies()).isEqualTo(3);
    assertThat(config.draws().schedule()).hasSize(1);
    assertThat(config.draws().capacity()).isEqualTo(8);
    assertThat(config.draws().build().hex()).startsWith("abab");
    assertThat(config.draws().branches()).hasSize(1);
    assertThat(config.draws().partyInterval()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.draws().games()).contains(Path.of("/g"));
    assertThat(config.draws().results()).hasSize(1);
    assertThat(config.keys())
        .isEqualTo(
            new KeysConfig(
                Duration.ofDays(10),
                Duration.ofDays(20),
                Duration.ofSeconds(40),
                Duration.ofMinutes(5)));
    assertThat(config.history()).isEqualTo(new HistoryConfig(5 << 20, 77));
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    Map<String, String> wrong = new TreeMap<>(LEAST);
    wrong.put("mains", "main-2@h:2,nonsense");
    wrong.put("ring.copies", "2");
    wrong.put("draws.schedule", "powerball sometimes");
    wrong.put("draws.build", "short");
    wrong.put("players.branches", "Toronto");
    wrong.put("seed.results", "file");
    wrong.put("keys.age-red", "1d");
    wrong.put("prober.interval", "1s");

    try (NettyRuntime runtime = new NettyRuntime(1)) {
      assertThatThrownBy(
              () -> ControllerAssembly.of(ConfigSource.of(wrong), runtime, () -> {}).close())
          .isInstanceOf(ConfigRefused.class)
          .hasMessageContaining("nonsense")
          .hasMessageContaining("this one (main-1) too")
          .hasMessageContaining("ring.copies")
          .hasMessageContaining("sometimes")
          .hasMessageContaining("draws.build")
          .hasMessageContaining("Toronto")
          .hasMessageContaining("seed.results")
          .hasMessageContaining("keys.age-red")
          .hasMessageContaining("registry.servers")
          .hasMessageContaining("trunk.listen")
          .hasMessageContaining("did you mean probe.interval");
    }
  }

  private static ControllerConfig read(Map<String, String> more) throws ConfigRefused {
    Map<String, String> values = new TreeMap<>(LEAST);
    values.putAll(more);
    ConfigSource source = ConfigSource.of(values);
    ControllerConfig config = ControllerConfig.from(source);
    source.done();
    return config;
  }
}
