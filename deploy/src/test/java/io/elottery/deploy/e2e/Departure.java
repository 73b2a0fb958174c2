package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker dies for good and its copies are made elsewhere while tickets are sold and a draw is
 * drawn; it comes back with nothing to do, and two officers remove it.
 */
final class Departure {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int COPIES = 3;
  private static final int REFUSED = 3;

  private final LocalCluster cluster;
  private final Officers officers;

  Departure(LocalCluster cluster) {
    this.cluster = cluster;
    this.officers = new Officers(cluster);
  }

  void replacedThenRemoved() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    String drawn = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.steady(cluster.site(), draw, 2);
    sales.awaitMore(10, SOON);
    String leaver = cluster.writerOf(draw);
    assertThat(cluster.exitOf(words(leaver, "--as", "officer1")))
        .as("not removed while it holds copies")
        .isEqualTo(REFUSED);
    long before = lastEvent();

    replaced(leaver, before);
    sales.awaitMore(10, SOON);
    assertThat(cluster.drawn(drawn).path("numbers").path("main")).hasSize(5);
    cluster.elottery("start", leaver);
    cluster.awaitVerdict(leaver, "UP", SOON);
    removed(leaver);
    sales.awaitMore(10, SOON);
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
  }

  private void replaced(String dead, long before) throws Exception {
    cluster.elottery("kill", dead);
    JsonNode order = awaitOrder(dead, "REPLACE");
    assertThat(order.path("cause").asText()).as(order.toString()).isNotEmpty();
    assertThat(order.path("outcome").asText()).contains("holds no copy any more");
    JsonNode shards = officers.as("officer1", "shards", "list");
    for (JsonNode shard : shards.path("items")) {
      assertThat(shard.path("copies")).as(shard.toString()).hasSize(COPIES);
      assertThat(shard.path("copies").toString()).doesNotContain('"' + dead + '"');
    }
    JsonNode events =
        cluster.json("events", "--after", "" + before, "--limit", "500").path("items");
    assertThat(events)
        .as("why it was given")
        .anyMatch(event -> tells(event, "ORDER_GIVEN", dead, "REPLACE, because "));
    assertThat(events)
        .as("what came of it: %s", events)
        .anyMatch(event -> tells(event, "MEMBERS_CHANGED", "shard-", ""));
  }

  private void removed(String leaver) throws Exception {
    officers.approve(officers.propose(words(leaver)));
    JsonNode order = awaitOrder(leaver, "REMOVE");
    assertThat(order.path("outcome").asText()).contains("out of roster and plan", "it was told");
    JsonNode process = awaitDown(leaver);
    assertThat(Files.readString(Path.of(process.path("log").asText()), StandardCharsets.UTF_8))
        .contains(leaver + " was removed from the network and ends: ");
    awaitUnlisted(leaver);
    cluster.elottery("up");
    assertThat(cluster.json("ps"))
        .as("not started again with the others")
        .anyMatch(it -> isNamed(it, leaver) && it.path("state").asText().equals("removed"));
  }

  private JsonNode awaitOrder(String worker, String kind) throws Exception {
    long began = System.nanoTime();
    while (true) {
      JsonNode orders = officers.as("officer1", "orders", "list", "--worker", worker);
      for (JsonNode order : orders.path("items")) {
        boolean done = order.path("state").asText().equals("DONE");
        if (done && order.path("kind").asText().equals(kind)) {
          return order;
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is done: %s", kind, orders)
          .isLessThan(SOON);
      Pause.millis(200);
    }
  }

  // Any main answers; one that does not lead hears of it a moment later.
  private void awaitUnlisted(String worker) throws Exception {
    long began = System.nanoTime();
    JsonNode workers = cluster.network().path("workers");
    while (isListed(worker, workers)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is listed no more: %s", worker, workers)
          .isLessThan(SOON);
      Pause.millis(200);
      workers = cluster.network().path("workers");
    }
  }

  private static boolean isListed(String worker, JsonNode workers) {
    for (JsonNode item : workers) {
      if (isNamed(item, worker)) {
        return true;
      }
    }
    return workers.isEmpty();
  }

  private JsonNode awaitDown(String worker) throws Exception {
    long began = System.nanoTime();
    while (true) {
      for (JsonNode process : cluster.json("ps")) {
        if (isNamed(process, worker) && !process.path("state").asText().equals("running")) {
          return process;
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s ends", worker)
          .isLessThan(SOON);
      Pause.millis(100);
    }
  }

  private long lastEvent() throws IOException {
    JsonNode items = cluster.json("events").path("items");
    return items.path(items.size() - 1).path("number").asLong();
  }

  private static boolean tells(JsonNode event, String code, String subject, String text) {
    return event.path("code").asText().equals(code)
        && event.path("subject").asText().startsWith(subject)
        && event.path("text").asText().startsWith(text);
  }

  private static boolean isNamed(JsonNode item, String name) {
    return item.path("id").asText().equals(name);
  }

  private static String[] words(String leaver, String... more) {
    List<String> all = new ArrayList<>(List.of("servers", "remove", leaver));
    all.addAll(List.of("--reason", "its machine is sold"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
