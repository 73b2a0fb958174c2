package io.elottery.foundation.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  private final Path dir;

  ConfigSourceTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(dir.resolve("worker.yaml"), text);
  }

  private ConfigSource read(String text) throws IOException, ConfigRefused {
    return ConfigSource.load(yaml(text), Map.of(), List.of());
  }

  private static List<String> problems(ConfigSource source) {
    ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, source::done);
    assertThat(refused).isNotNull();
    return refused.problems();
  }

  @Test
  void everyTypeIsRead() throws Exception {
    ConfigSource source =
        read(
            """
            node: worker-1
            listen: 127.0.0.1:7001
            heartbeat:
              interval: 250ms
              factor: 3
              self-check: false
            store.memory: 64KiB
            side: right
            mains: [main-1, main-2]
            """);

    assertThat(source.nodeId("node")).isEqualTo(NodeId.of("worker-1"));
    assertThat(source.address("listen", new Address("h", 1)))
        .isEqualTo(new Address("127.0.0.1", 7001));
    assertThat(source.duration("heartbeat.interval", Duration.ZERO))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(source.integer("heartbeat.factor", 1, 1, 10)).isEqualTo(3);
    assertThat(source.flag("heartbeat.self-check", true)).isFalse();
    assertThat(source.size("store.memory", 0)).isEqualTo(65_536);
    assertThat(source.choice("side", Hemisphere.class, Hemisphere.LEFT))
        .isEqualTo(Hemisphere.RIGHT);
    assertThat(source.list("mains", List.of())).containsExactly("main-1", "main-2");
    source.done();
  }

  @Test
  void defaultsHoldWhereNothingIsGiven() throws Exception {
    ConfigSource source = ConfigSource.of(Map.of());

    assertThat(source.duration("a", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(source.list("b", List.of("x"))).containsExactly("x");
    assertThat(source.path("c")).isEmpty();
    assertThat(source.address("d")).isEmpty();
    source.done();
  }

  @Test
  void variableOutranksFileAndFlagOutranksBoth() throws Exception {
    Path file = yaml("heartbeat.interval: 1s\nheartbeat.self-check: true\nname: file\n");
    ConfigSource source =
        ConfigSource.load(
            file,
            Map.of(
                "ELOTTERY_HEARTBEAT_INTERVAL", "2s",
                "ELOTTERY_HEARTBEAT_SELF_CHECK", "false",
                "ELOTTERY_NAME", "variable",
                "PATH", "/bin"),
            List.of("name=flag"));

    assertThat(source.duration("heartbeat.interval", Duration.ZERO)).hasSeconds(2);
    assertThat(source.flag("heartbeat.self-check", true)).isFalse();
    assertThat(source.text("name", "")).isEqualTo("flag");
    source.done();
    assertThat(source.origins())
        .extracting(Origin::key, Origin::from)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "heartbeat.interval", "environment ELOTTERY_HEARTBEAT_INTERVAL"),
            org.assertj.core.api.Assertions.tuple(
                "heartbeat.self-check", "environment ELOTTERY_HEARTBEAT_SELF_CHECK"),
            org.assertj.core.api.Assertions.tuple("name", "flag"));
  }

  @Test
  void misspeltKeyIsRefusedWithItsPlaceAndTheNearestKey() throws Exception {
    ConfigSource source = read("node: worker-1\nheartbeat:\n  intervall: 1s\n");
    source.nodeId("node");
    source.duration("heartbeat.interval", Duration.ofSeconds(1));

    assertThat(problems(source))
        .containsExactly(
            dir.resolve("worker.yaml")
                + ":3: unknown key heartbeat.intervall; did you mean heartbeat.interval?");
  }

  @Test
  void misspeltVariableIsRefused() throws Exception {
    ConfigSource source =
        ConfigSource.load(null, Map.of("ELOTTERY_HEARTBEAT_INTERVAAL", "1s"), List.of());
    source.duration("heartbeat.interval", Duration.ofSeconds(1));

    assertThat(problems(source))
        .containsExactly(
            "environment: unknown variable ELOTTERY_HEARTBEAT_INTERVAAL;"
                + " did you mean heartbeat.interval?");
  }

  @Test
  void everythingWrongIsReportedAtOnce() throws Exception {
    ConfigSource source = read("a: 5parsecs\nb: 11\nc: maybe\nd: up\nf: nowhere\n");
    source.duration("a", Duration.ZERO);
    source.integer("b", 1, 1, 10);
    source.flag("c", false);
    source.choice("d", Hemisphere.class, Hemisphere.LEFT);
    source.required("e");
    source.address("f");
    source.refuse("b", "must be more than a");

    assertThat(problems(source))
        .hasSize(7)
        .anyMatch(
            line ->
                line.endsWith(
                    ":1: a = \"5parsecs\": expected a duration such as 250ms, 5s, 10min, 12h, 30d"))
        .anyMatch(line -> line.endsWith("b = \"11\": expected a whole number 1 … 10"))
        .anyMatch(line -> line.endsWith("c = \"maybe\": expected true or false"))
        .anyMatch(line -> line.endsWith("d = \"up\": expected one of left, right"))
        .anyMatch(line -> line.equals("e is missing: expected text"))
        .anyMatch(line -> line.endsWith("f = \"nowhere\": expected host:port"))
        .anyMatch(line -> line.endsWith("b: must be more than a"));
  }

  @Test
  void brokenFileIsRefusedWithItsLine() throws Exception {
    Path file = yaml("a: 1\nb: [1, 2\n");

    ConfigRefused refused =
        catchThrowableOfType(
            ConfigRefused.class, () -> ConfigSource.load(file, Map.of(), List.of()));

    assertThat(refused).hasMessageContaining("not YAML").hasMessageContaining("worker.yaml:");
  }

  @Test
  void keyGivenTwiceIsRefused() throws Exception {
    Path file = yaml("a: 1\na: 2\n");
    Path dotted = Files.writeString(dir.resolve("dotted.yaml"), "a:\n  b: 1\na.b: 2\n");

    assertThat(
            catchThrowableOfType(
                ConfigRefused.class, () -> ConfigSource.load(file, Map.of(), List.of())))
        .hasMessageContaining("Duplicate field 'a'");
    assertThat(
            catchThrowableOfType(
                ConfigRefused.class, () -> ConfigSource.load(dotted, Map.of(), List.of())))
        .hasMessageContaining("dotted.yaml:3: a.b is given twice");
  }

  @Test
  void missingFileIsNamed() {
    Path file = dir.resolve("none.yaml");

    assertThat(
            catchThrowableOfType(
                ConfigRefused.class, () -> ConfigSource.load(file, Map.of(), List.of())))
        .hasMessage(file + ": no such file");
  }

  @Test
  void namesUnderAKeyAreListed() throws Exception {
    ConfigSource source = read("mains:\n  main-2: 127.0.0.1:2\n  main-1: 127.0.0.1:1\n");

    assertThat(source.names("mains")).containsExactly("main-1", "main-2");
    assertThat(source.requiredAddress("mains.main-1")).isEqualTo(new Address("127.0.0.1", 1));
    assertThat(problems(source)).singleElement().asString().contains("unknown key mains.main-2");
  }

  @Test
  void relativePathIsRelativeToTheFile() throws Exception {
    ConfigSource source = read("data: store\n");

    assertThat(source.requiredPath("data")).isEqualTo(dir.resolve("store"));
  }

  @Test
  void secretWrittenAsValueIsRefusedAndNotRepeated() throws Exception {
    ConfigSource source = read("token: hunter2\n");
    source.secretFile("token", Path.of("none"));

    assertThat(problems(source))
        .singleElement()
        .asString()
        .contains("expected the path of an existing file")
        .doesNotContain("hunter2");
    assertThat(source.origins()).noneMatch(origin -> origin.value().contains("hunter2"));
  }

  @Test
  void secretFileOpenToOthersIsRefused() throws Exception {
    Path secret = Files.writeString(dir.resolve("token"), "x");
    ConfigSource source = read("token: token\n");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    source.secretFile("token", Path.of("none"));
    assertThat(problems(source)).singleElement().asString().contains("chmod 600");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    ConfigSource again = read("token: token\n");
    assertThat(again.secretFile("token", Path.of("none"))).isEqualTo(secret);
    again.done();
  }

  @Test
  void durationsAndSizesAreWrittenAsTheyAreRead() {
    for (String text : List.of("0", "1ms", "1500ms", "5s", "10min", "36h", "30d")) {
      assertThat(Units.text(Units.duration(text))).isEqualTo(text);
    }
    for (String text : List.of("0B", "1B", "64KiB", "16MiB", "3GiB")) {
      assertThat(Units.text(Units.size(text))).isEqualTo(text);
    }
  }
}
