package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thirty-two workers in four data centres of two zones; one whole data centre is lost. */
@Tag("e2e")
@Tag("chaos")
final class DataCentreE2E {
  // Bounds on waiting for a busy machine, not promises; what it took is printed.
  private static final Duration START_MAX = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration STARTED_MAX = Duration.ofMinutes(4);

  @Test
  void aWholeDataCentreIsKilledWhileTicketsAreSold(@TempDir Path root) throws Exception {
    Path directory = root.resolve("network");
    try {
      Duration start = up(directory);
      LocalCluster cluster = new LocalCluster(directory);
      assertThat(cluster.elottery("topology")).contains("dc-1/zone-1", "dc-4/zone-2");
      String draw = cluster.openDraw("TOR", Duration.ofHours(1));
      Sales sales = Sales.steady(cluster.site(), draw, 4);
      sales.awaitMore(50, SOON);
      String lost = datacentreOf(cluster, cluster.writerOf(draw));
      List<String> workers = workersIn(cluster, lost);
      long askedBefore = sales.askedAgain();
      sales.resetGap();

      long began = System.nanoTime();
      cluster.elottery("kill", lost);
      sales.awaitMore(50, SOON);
      Duration gap = sales.longestGap();
      for (String worker : workers) {
        cluster.awaitVerdict(worker, "DOWN", SOON);
      }
      Duration known = Duration.ofNanos(System.nanoTime() - began);
      awaitWriters(cluster, lost);
      Duration written = Duration.ofNanos(System.nanoTime() - began);
      assertThat(cluster.elottery("topology")).contains(lost + "/zone-1");
      long restarted = System.nanoTime();
      cluster.elottery("start", lost);
      for (String worker : workers) {
        cluster.awaitVerdict(worker, "UP", STARTED_MAX);
      }
      Duration back = Duration.ofNanos(System.nanoTime() - restarted);
      sales.awaitMore(50, SOON);
      sales.close();

      System.out.printf(
          "DataCentreE2E: up in %d s; %s lost with %d workers: longest gap in sales %d ms, all"
              + " DOWN after %d ms, every shard written after %d ms at the latest, all UP %d ms"
              + " after the start; %d tickets, requests sent again %d%n",
          start.toSeconds(),
          lost,
          workers.size(),
          gap.toMillis(),
          known.toMillis(),
          written.toMillis(),
          back.toMillis(),
          sales.acknowledged(),
          sales.askedAgain() - askedBefore);
      assertThat(workers).hasSize(8);
      sales.assertEveryTicketIsThereExactlyOnce();
    } finally {
      LocalCluster.run(START_MAX, "down", "--dir", directory.toString());
    }
  }

  private static Duration up(Path directory) throws Exception {
    long began = System.nanoTime();
    LocalCluster.run(
        START_MAX,
        "up",
        "--dir",
        directory.toString(),
        "--workers",
        "32",
        "--datacentres",
        "4",
        "--zones",
        "2",
        "--per-process",
        "4",
        "--gateways",
        "1",
        "--port",
        "0",
        "--timeout",
        "500");
    return Duration.ofNanos(System.nanoTime() - began);
  }

  // Every shard keeps a majority: no data centre holds more than two of its five copies.
  private static void awaitWriters(LocalCluster cluster, String lost) throws Exception {
    List<String> dead = workersIn(cluster, lost);
    long began = System.nanoTime();
    List<String> without = new ArrayList<>();
    do {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("without a writer: %s", without)
          .isLessThan(SOON);
      without.clear();
      for (JsonNode shard : cluster.network().path("shards")) {
        String writer = shard.path("writer").asText("");
        if (writer.isEmpty() || writer.equals("null") || dead.contains(writer)) {
          without.add(shard.path("id").asText() + " " + writer);
        }
      }
      Pause.millis(100);
    } while (!without.isEmpty());
  }

  private static String datacentreOf(LocalCluster cluster, String worker) throws Exception {
    for (JsonNode each : cluster.network().path("workers")) {
      if (each.path("id").asText().equals(worker)) {
        return each.path("datacentre").asText();
      }
    }
    throw new AssertionError("no worker " + worker);
  }

  private static List<String> workersIn(LocalCluster cluster, String datacentre) throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonNode each : cluster.network().path("workers")) {
      if (each.path("datacentre").asText().equals(datacentre)) {
        names.add(each.path("id").asText());
      }
    }
    return List.copyOf(names);
  }
}
