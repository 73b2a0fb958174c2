package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Half of the workers are killed at once while tickets are sold: shards that keep a majority go on,
 * draws of the others answer a clear 503 and come back by themselves, and main's orders stay few.
 */
@Tag("e2e")
final class HalfLostE2E {
  private static final int WORKERS = 6;
  private static final int HALF = 3;
  private static final int MAJORITY = 3; // of five copies
  // Bounds on waiting beside thirteen other processes, not promises.
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration STARTED_MAX = Duration.ofSeconds(90);

  private static LocalCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LocalCluster.get();
  }

  @Test
  void halfOfTheWorkersKilledAtOnceAndRestarted() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    String token = Sales.signUp(cluster.site(), "TOR").token();
    Sales sales = Sales.steady(cluster.site(), draw, 3);
    sales.awaitMore(20, SOON);
    Map<String, Set<String>> copies = copies();
    List<String> half = half(copies, shardOf(draw));
    Set<String> known = orders().keySet();

    try {
      cluster.elottery(words("kill", half));
      awaitClearRefusal(draw, token);
      for (String worker : half) {
        cluster.awaitVerdict(worker, "DOWN", SOON);
      }
      awaitWriters(copies, half);
      Map<String, JsonNode> orders = orders();
      orders.keySet().removeAll(known);
      assertThat(orders.values()).as("orders %s", orders).hasSizeBetween(HALF, 2 * HALF);
      for (JsonNode order : orders.values()) {
        assertThat(order.path("kind").asText()).as(order.toString()).isEqualTo("MOVE_WRITERS");
        assertThat(half).contains(order.path("target").asText());
        assertThat(order.path("cause").asText()).isNotEmpty();
      }
    } finally {
      cluster.elottery(words("start", half));
    }
    sales.awaitMore(20, STARTED_MAX);
    for (String worker : half) {
      cluster.awaitVerdict(worker, "UP", STARTED_MAX);
    }
    awaitWriters(copies, List.of());
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
  }

  // What is asked while the old writer still tries may be unknown; then it is clear.
  private static void awaitClearRefusal(String draw, String token) throws Exception {
    long began = System.nanoTime();
    Site site = cluster.site();
    while (true) {
      Site.Reply reply = site.buy(draw, token, UUID.randomUUID().toString(), "{\"quickPick\":1}");
      if (reply.status() == 503 && reply.text().contains("Nothing was done")) {
        assertThat(reply.headers()).containsKey("retry-after");
        assertThat(Integer.parseInt(reply.headers().get("retry-after"))).isBetween(1, 60);
        assertThat(reply.headers().get("content-type")).startsWith("application/problem+json");
        assertThat(reply.json().path("status").asInt()).isEqualTo(503);
        assertThat(reply.json().path("title").asText()).as(reply.text()).isNotEmpty();
        assertThat(reply.json().path("code").asText()).isEqualTo("UNAVAILABLE");
        return;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is answered %d %s", draw, reply.status(), reply.text())
          .isLessThan(SOON);
      Pause.millis(200);
    }
  }

  // Every shard that keeps a majority is written by one who lives.
  private static void awaitWriters(Map<String, Set<String>> copies, List<String> dead)
      throws Exception {
    long began = System.nanoTime();
    List<String> without = new ArrayList<>();
    do {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("without a writer: %s", without)
          .isLessThan(SOON);
      without.clear();
      for (JsonNode shard : cluster.network().path("shards")) {
        String id = shard.path("id").asText();
        String writer = shard.path("writer").asText("");
        boolean written = !writer.isEmpty() && !writer.equals("null") && !dead.contains(writer);
        if (left(copies, id, dead) >= MAJORITY && !written) {
          without.add(id + " " + writer);
        }
      }
      Pause.millis(200);
    } while (!without.isEmpty());
  }

  private static String shardOf(String draw) throws IOException {
    int slash = draw.indexOf('/');
    return cluster
        .json("draws", "show", draw.substring(0, slash), draw.substring(slash + 1))
        .path("shard")
        .asText();
  }

  private static Map<String, Set<String>> copies() throws IOException {
    Map<String, Set<String>> copies = new TreeMap<>();
    for (JsonNode shard : cluster.network().path("shards")) {
      Set<String> replicas = new TreeSet<>();
      shard.path("replicas").forEach(replica -> replicas.add(replica.asText()));
      copies.put(shard.path("id").asText(), replicas);
    }
    return copies;
  }

  // The draw's shard loses its majority; as many others as can be keep theirs.
  private static List<String> half(Map<String, Set<String>> copies, String shard) {
    List<String> best = List.of();
    long most = -1;
    for (int mask = 0; mask < 1 << WORKERS; mask++) {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        if ((mask & 1 << i) != 0) {
          some.add("worker-" + (i + 1));
        }
      }
      long kept = copies.keySet().stream().filter(id -> left(copies, id, some) >= MAJORITY).count();
      if (some.size() == HALF && left(copies, shard, some) < MAJORITY && kept > most) {
        best = some;
        most = kept;
      }
    }
    assertThat(best).as("%s of %s", shard, copies).hasSize(HALF);
    return best;
  }

  private static int left(Map<String, Set<String>> copies, String shard, List<String> dead) {
    Set<String> left = new TreeSet<>(copies.getOrDefault(shard, Set.of()));
    left.removeAll(dead);
    return left.size();
  }

  private static Map<String, JsonNode> orders() throws IOException {
    Map<String, JsonNode> orders = new HashMap<>();
    JsonNode listed = new Officers(cluster).as("officer1", "orders", "list");
    listed.path("items").forEach(order -> orders.put(order.path("order").asText(), order));
    return orders;
  }

  private static String[] words(String command, List<String> names) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(names);
    return all.toArray(String[]::new);
  }
}
