package io.elottery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElotteryTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path dir;

  ElotteryTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private int run(String... words) {
    return Elottery.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        words);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void oddsOfPowerballArePublishedOnes() {
    assertThat(run("games", "odds", "powerball")).isZero();

    assertThat(printed())
        .contains("1 in 292,201,338.00", "1 in 11,688,053.52", "1 in 38.32", "1 in 24.87");
  }

  @Test
  void answersCanBeJsonOrYaml() {
    assertThat(run("games", "odds", "powerball", "--output", "json")).isZero();
    assertThat(printed()).startsWith("{").contains("\"oneIn\" : \"292201338.00\"");

    out.reset();
    assertThat(run("--output", "yaml", "games", "odds", "powerball")).isZero();
    assertThat(printed()).startsWith("game: \"powerball\"");
  }

  @Test
  void misspeltCommandIsUsageWithASuggestion() {
    assertThat(run("topologie")).isEqualTo(2);

    assertThat(complained()).contains("topologie", "topology");
  }

  @Test
  void missingArgumentIsUsage() {
    assertThat(run("kill")).isEqualTo(2);

    assertThat(complained()).contains("SERVER").contains("See `elottery kill --help`");
  }

  @Test
  void aMeasurementOfNoKillsIsUsage() {
    assertThat(run("bench", "failover", "--kills", "0")).isEqualTo(2);

    assertThat(complained()).contains("--kills is 1 or more");
  }

  @Test
  void everyCommandExplainsItself() {
    for (String words : List.of("kill", "servers", "servers suggest", "keys rotate", "mutes add")) {
      out.reset();
      List<String> asked = new ArrayList<>(List.of(words.split(" ", -1)));
      asked.add("--help");
      assertThat(run(asked.toArray(String[]::new))).as(words).isZero();
      assertThat(printed()).as(words).contains("Usage: elottery " + words, "Show this help.");
    }
  }

  @Test
  void helpMayAlsoComeFirst() {
    assertThat(run("help", "up")).isZero();
    assertThat(printed()).contains("Usage: elottery up", "--workers");

    assertThat(run("help", "upp")).isEqualTo(2);
    assertThat(complained()).contains("upp");
  }

  @Test
  void unknownClusterIsUsage() {
    assertThat(run("status", "--dir", dir.toString())).isEqualTo(2);

    assertThat(complained()).contains("no cluster in " + dir);
  }

  @Test
  void brokenBundleIsNotVerified() throws Exception {
    Path bundle = Files.writeString(dir.resolve("bundle.json"), "{}");

    assertThat(run("verify", bundle.toString())).isEqualTo(6);

    assertThat(printed()).contains("LIE").contains("refused");
  }

  @Test
  void clusterThatDoesNotAnswerIsUnreachable() {
    String cluster = dir.resolve("c").toString();
    assertThat(run("init", "--port", "0", "--dir", cluster)).isZero();

    assertThat(run("status", "--dir", cluster)).isEqualTo(4);
    assertThat(complained()).contains("is not reachable");
  }

  @Test
  void everyFileOfAClusterIsShownWithOrigins() {
    Path cluster = dir.resolve("c");
    run("init", "--port", "0", "--dir", cluster.toString());

    for (String file :
        new String[] {
          "main-1/main",
          "worker-1/worker",
          "gateway-1/web",
          "auditor-1/auditor",
          "zookeeper-1/zookeeper"
        }) {
      Path yaml = cluster.resolve(file + ".yaml");
      assertThat(run("config", "show", yaml.toString(), "--origin")).as(complained()).isZero();
      assertThat(printed()).contains(yaml + ":").contains("default");
      out.reset();
    }
  }

  @Test
  void misspeltKeyIsRefusedWithTheNearestKey() throws Exception {
    Path yaml = Files.writeString(dir.resolve("zookeeper.yaml"), "zookeper.listen: h:1\n");

    assertThat(run("config", "show", yaml.toString())).isEqualTo(3);
    assertThat(complained())
        .contains("unknown key zookeper.listen; did you mean zookeeper.listen?")
        .contains("node.name is missing");
  }

  @Test
  void killOfWhatDoesNotRunFails() {
    String cluster = dir.resolve("c").toString();
    run("init", "--port", "0", "--dir", cluster);

    assertThat(run("kill", "worker-1", "--dir", cluster)).isEqualTo(1);
    assertThat(run("kill", "worker-99", "--dir", cluster)).isEqualTo(2);
    assertThat(complained()).contains("worker-1 does not run", "no server \"worker-99\"");
  }

  @Test
  void versionIsSaid() {
    assertThat(run("version")).isZero();

    assertThat(printed()).startsWith("elottery ");
  }
}
