package io.elottery.deploy.cuts;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.Elottery;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterShape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code elottery partition} and {@code heal} against a relay without servers. */
class PartitionTest {
  private final ClusterShape shape = new ClusterShape(3, 1, 2, 1, 0, 0, 0);
  private final Path dir;
  private String printed = "";

  PartitionTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void whatIsCutIsListedUntilItIsHealed() throws Exception {
    new ClusterDescription(ClusterLayout.ofCuttableProcesses(dir, shape), Map.of()).write(Map.of());
    Path relayed = Files.createDirectory(dir.resolve("cuts"));
    try (CutRelay relay = new CutRelay(List.of(), Map.of(), new CutsFile(relayed))) {
      relay.start();

      assertThat(elottery("partition", "worker-1,worker-2", "main-1", "--one-way")).isZero();
      assertThat(elottery("partition")).isZero();
      assertThat(printed).isEqualTo("worker-1 main-1\nworker-2 main-1\n");

      assertThat(elottery("heal", "main-1", "worker-1")).isZero();
      assertThat(elottery("partition")).isZero();
      assertThat(printed).isEqualTo("worker-2 main-1\n");

      assertThat(elottery("heal")).isZero();
      assertThat(elottery("partition")).isZero();
      assertThat(printed).isEmpty();
    }
  }

  @Test
  void whatCannotBeCutIsRefused() throws Exception {
    new ClusterDescription(ClusterLayout.ofCuttableProcesses(dir, shape), Map.of()).write(Map.of());

    assertThat(elottery("partition", "zookeeper-1", "zookeeper-2")).isEqualTo(2);
    assertThat(elottery("partition", "front", "worker-1")).isEqualTo(2);
    assertThat(elottery("partition", "worker-1")).isEqualTo(2);
    assertThat(elottery("partition", "worker-1", "worker-9")).isEqualTo(2);
  }

  @Test
  void aClusterWithoutARelayIsNamed() throws Exception {
    new ClusterDescription(ClusterLayout.ofProcesses(dir, shape), Map.of()).write(Map.of());

    assertThat(elottery("partition", "worker-1", "worker-2")).isEqualTo(2);
    assertThat(printed).contains("--cuttable");
  }

  private int elottery(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--dir", dir.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    boolean listing = words.length == 1;
    int status = Elottery.run(both, listing ? none : both, all.toArray(String[]::new));
    printed = out.toString(StandardCharsets.UTF_8);
    return status;
  }
}
