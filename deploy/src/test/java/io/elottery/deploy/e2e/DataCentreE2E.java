package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Duration START_MAX = Duration.ofMinutes(4);

  @Test
  void aWholeDataCentreIsKilledWhileTicketsAreSold(@TempDir Path root) throws Exception {
    Path directory = root.resolve("network");
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
        "0");
    try {
      LocalCluster cluster = new LocalCluster(directory);
      assertThat(cluster.elottery("topology")).contains("dc-1/zone-1", "dc-4/zone-2");
      String draw = cluster.openDraw("TOR", Duration.ofHours(1));
      Sales sales = Sales.start(cluster.site(), draw, 4);
      sales.awaitMore(50, Duration.ofSeconds(30));
      String lost = datacentreOf(cluster, cluster.writerOf(draw));
      sales.resetGap();

      cluster.elottery("kill", lost);
      sales.awaitMore(50, Duration.ofSeconds(20));
      System.out.println("longest gap while " + lost + " was lost: " + sales.longestGap());
      for (String worker : workersIn(cluster, lost)) {
        cluster.awaitVerdict(worker, "DOWN", Duration.ofSeconds(20));
      }
      for (JsonNode shard : cluster.network().path("shards")) {
        assertThat(datacentreOf(cluster, shard.path("writer").asText())).isNotEqualTo(lost);
      }
      cluster.elottery("start", lost);
      for (String worker : workersIn(cluster, lost)) {
        cluster.awaitVerdict(worker, "UP", Duration.ofSeconds(90));
      }
      sales.awaitMore(50, Duration.ofSeconds(20));
      sales.close();
      sales.assertEveryTicketIsThereExactlyOnce();
    } finally {
      LocalCluster.run(START_MAX, "down", "--dir", directory.toString());
    }
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
