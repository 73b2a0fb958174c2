package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * ZooKeeper goes away while tickets are sold; then the whole network dies at once and only those
 * come back who sell: from their own disks, with no main and no ZooKeeper to ask. The others join
 * later, and all settles by itself. Every ticket that was acknowledged, before or after, is there
 * exactly once and no other is.
 */
@Tag("e2e")
final class LoneStartE2E {
  // A bound on waiting for processes that start beside others, not a promise.
  private static final Duration SOON = Duration.ofMinutes(4);

  @Test
  void sellingNeedsNoZooKeeperAndStartsWithoutItAndWithoutMain() throws Exception {
    LocalCluster cluster = LocalCluster.get();
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    // Orders that were under way when all died are asked again until they are known.
    Sales sales = Sales.steady(cluster.site(), draw, 2);
    sales.awaitMore(5, SOON);
    act(cluster, "kill", "zookeeper");
    awaitNetwork(cluster, LoneStartE2E::isUnledButWatched);
    sales.awaitMore(20, SOON);
    act(cluster, "kill", "main", "worker", "gateway", "auditor", "front");

    act(cluster, "start", "worker", "gateway", "front");
    sales.awaitMore(20, SOON);
    assertThat(Sales.signUp(cluster.site(), "TOR").id()).startsWith("TORC");
    act(cluster, "start", "main");
    sales.awaitMore(20, SOON);
    act(cluster, "start", "zookeeper", "auditor");
    awaitNetwork(cluster, LoneStartE2E::isGreen);
    sales.awaitMore(20, SOON);
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
  }

  private static void act(LocalCluster cluster, String command, String... kinds)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    for (JsonNode process : cluster.description().path("processes")) {
      if (Arrays.asList(kinds).contains(process.path("role").asText())) {
        words.add(process.path("id").asText());
      }
    }
    cluster.elottery(words.toArray(String[]::new));
  }

  private static void awaitNetwork(LocalCluster cluster, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    JsonNode network = cluster.network();
    while (!wanted.test(network)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as("%s", network).isLessThan(SOON);
      Pause.millis(200);
      network = cluster.network();
    }
  }

  private static boolean isUnledButWatched(JsonNode network) {
    boolean watched = network.path("workers").size() == 6;
    for (JsonNode worker : network.path("workers")) {
      watched &= worker.path("verdict").asText().equals("UP");
    }
    for (String half : List.of("LEFT", "RIGHT")) {
      watched &= !network.path("hemispheres").path(half).path("leader").isTextual();
    }
    return watched;
  }

  private static boolean isGreen(JsonNode network) {
    boolean green = network.path("workers").size() == 6;
    for (JsonNode worker : network.path("workers")) {
      green &= worker.path("verdict").asText().equals("UP");
    }
    for (String half : List.of("LEFT", "RIGHT")) {
      green &= network.path("hemispheres").path(half).path("leader").isTextual();
    }
    for (JsonNode shard : network.path("shards")) {
      green &= shard.path("writer").isTextual();
    }
    return green;
  }
}
