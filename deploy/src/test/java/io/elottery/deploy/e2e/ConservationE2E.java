package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every worker rests in turn while tickets are sold: no ticket is lost, and no request fails but
 * for what the gateways try again by themselves.
 */
@Tag("e2e")
final class ConservationE2E {
  // Bounds on waiting beside thirteen other processes, not promises.
  private static final String REST_MAX = "30";
  private static final Duration STARTED_MAX = Duration.ofSeconds(90);
  private static final int REFUSED = 3;

  private static LocalCluster cluster;
  private static Officers officers;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LocalCluster.get();
    officers = new Officers(cluster);
  }

  @Test
  void everyWorkerRestsInTurnAndNoTicketIsLost() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(50, Duration.ofSeconds(20));

    for (int i = 1; i <= 6; i++) {
      String worker = "worker-" + i;
      cluster.awaitVerdict(worker, "UP", STARTED_MAX);
      conserve(worker);
      assertThat(writes(worker)).as("%s writes nothing", worker).isEmpty();
      cluster.awaitVerdict(worker, "CONSERVED", Duration.ofSeconds(1));
      sales.awaitMore(20, Duration.ofSeconds(10));
      release(worker);
    }
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
    assertThat(sales.askedAgain()).as("requests that failed").isZero();
    JsonNode orders = officers.as("officer1", "orders", "list", "--worker", "worker-6");
    assertThat(orders.path("items").get(0).path("kind").asText()).isEqualTo("RELEASE");
    assertThat(orders.path("items").get(0).path("state").asText()).isEqualTo("DONE");
    assertThat(orders.path("items").get(1).path("kind").asText()).isEqualTo("CONSERVE");
  }

  @Test
  void restSurvivesARestartAndNeverTakesAMajority() throws Exception {
    conserve("worker-1");
    cluster.elottery("kill", "worker-1");
    cluster.elottery("start", "worker-1");
    cluster.awaitVerdict("worker-1", "CONSERVED", STARTED_MAX);
    List<String> resting = new ArrayList<>(List.of("worker-1"));

    try {
      int refused = 0;
      for (int i = 2; i <= 6; i++) {
        String worker = "worker-" + i;
        int exit =
            cluster.exitOf(
                "servers", "conserve", worker, "--reason", "one more", "--as", "officer1");
        assertThat(exit).isIn(0, REFUSED);
        refused += exit == REFUSED ? 1 : 0;
        if (exit == 0) {
          resting.add(worker);
        }
      }
      assertThat(refused).as("refused, since a draw would lose its majority").isPositive();
    } finally {
      for (String worker : resting) {
        release(worker);
      }
    }
  }

  @Test
  void aCopyMovesToAnotherWorkerWhileTicketsAreSoldAndItsOldHolderMayDie() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(20, Duration.ofSeconds(20));
    JsonNode shard = shardWrittenBy(cluster.writerOf(draw));
    String id = shard.path("id").asText();
    List<String> holders = new ArrayList<>();
    shard.path("copies").forEach(copy -> holders.add(copy.path("worker").asText()));
    String old = holders.stream().filter(it -> !it.equals(writer(shard))).findFirst().orElseThrow();
    String by = "worker-" + missing(holders);

    JsonNode after =
        officers.as("officer1", "shards", "exchange", id, old, by, "--wait", "--timeout", "60");
    assertThat(after.path("rests").asBoolean()).as(after.toString()).isTrue();
    assertThat(after.path("copies").toString()).contains(by).doesNotContain(old);
    cluster.elottery("kill", old);
    sales.awaitMore(20, Duration.ofSeconds(20));
    cluster.elottery("start", old);
    JsonNode back =
        officers.as("officer1", "shards", "exchange", id, by, by, "--wait", "--timeout", "60");
    sales.close();

    assertThat(back.path("rests").asBoolean()).as(back.toString()).isTrue();
    sales.assertEveryTicketIsThereExactlyOnce();
    cluster.awaitVerdict(old, "UP", STARTED_MAX);
  }

  private static String writer(JsonNode shard) {
    return shard.path("writer").asText();
  }

  private static int missing(List<String> holders) {
    int number = 1;
    while (holders.contains("worker-" + number)) {
      number++;
    }
    return number;
  }

  private static JsonNode shardWrittenBy(String worker) throws Exception {
    JsonNode all = officers.as("officer1", "shards", "list");
    for (JsonNode shard : all.path("items")) {
      if (writer(shard).equals(worker)) {
        return shard;
      }
    }
    throw new AssertionError(worker + " writes nothing: " + all);
  }

  @Test
  void aWorkerProvesItselfAndItsFiguresAreShown() throws Exception {
    int exit = cluster.exitOf("servers", "test", "worker-3", "--wait", "--as", "officer1");

    assertThat(exit).as("passed, or not on a busy machine").isIn(0, 1);
    JsonNode orders = officers.as("officer1", "orders", "list", "--worker", "worker-3");
    assertThat(orders.path("items").get(0).path("kind").asText()).isEqualTo("CAPACITY_TEST");
    assertThat(orders.path("items").get(0).path("state").asText())
        .as(orders.path("items").get(0).toString())
        .isEqualTo("DONE");
    assertThat(orders.path("items").get(0).path("outcome").asText()).contains("passed");
  }

  private static void conserve(String worker) throws Exception {
    JsonNode rest =
        officers.as(
            "officer1",
            "servers",
            "conserve",
            worker,
            "--reason",
            "a test",
            "--wait",
            "--timeout",
            REST_MAX);
    assertThat(rest.path("done").asBoolean()).as(rest.toString()).isTrue();
  }

  private static void release(String worker) throws Exception {
    JsonNode rest =
        officers.as("officer1", "servers", "release", worker, "--wait", "--timeout", REST_MAX);
    assertThat(rest.path("done").asBoolean()).as(rest.toString()).isTrue();
  }

  private static List<String> writes(String worker) throws Exception {
    List<String> shards = new ArrayList<>();
    for (JsonNode shard : cluster.network().path("shards")) {
      if (shard.path("writer").asText().equals(worker)) {
        shards.add(shard.path("id").asText());
      }
    }
    return shards;
  }
}
