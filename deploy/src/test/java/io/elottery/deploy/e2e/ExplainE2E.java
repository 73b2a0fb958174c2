package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A worker dies: command, API and console tell the same story of it, its links and the draws on it;
 * it comes back, and the trouble is over.
 */
@Tag("e2e")
final class ExplainE2E {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration STARTED = Duration.ofSeconds(60);
  private static final String DEAD = "worker-4";

  private final LocalCluster cluster;

  ExplainE2E() throws IOException {
    cluster = LocalCluster.get();
  }

  @Test
  void aDeadWorkerIsExplainedEverywhereUntilItIsBack() throws Exception {
    cluster.awaitVerdict(DEAD, "UP", STARTED);
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    long before = lastEvent();
    try {
      cluster.elottery("kill", DEAD);
      cluster.awaitVerdict(DEAD, "DOWN", SOON);

      // Any main answers; one that does not lead hears of it a moment later.
      await("DOWN explained", () -> code(cluster.json("explain", DEAD)).equals("SERVER_DOWN"));
      JsonNode is = cluster.json("explain", DEAD);
      assertThat(is.path("evidence")).isNotEmpty();
      assertThat(is.path("impact").asText()).contains("copies of");
      assertThat(is.path("next").asText()).contains("start it again");
      await("its event", () -> hasEvent(before, "SERVER_DOWN"));
      await("its status", () -> cluster.elottery("status").contains("SERVER_DOWN  " + DEAD));
      await("its place on the first page", () -> page("/").contains("/explain/" + DEAD + "\""));
      assertThat(page("/")).contains("What is wrong");
      await("its page", () -> page("/explain/" + DEAD).contains("SERVER_DOWN"));
      assertThat(page("/explain/" + DEAD)).contains("start it again");
      theLinkFollows();
      theDrawGoesOn(draw);
    } finally {
      cluster.elottery("start", DEAD);
    }
    cluster.awaitVerdict(DEAD, "UP", STARTED);
    await("the end of the trouble", () -> !isTrouble(item -> item.contains(DEAD)));
    await("the event of its end", () -> hasEvent(before, "SERVER_DOWN_OVER"));
    await("UP explained", () -> code(cluster.json("explain", DEAD)).equals("UP"));
  }

  private static String code(JsonNode explained) {
    return explained.path("code").asText();
  }

  private void theLinkFollows() throws Exception {
    String other = "";
    for (JsonNode worker : cluster.network().path("workers")) {
      if (worker.path("id").asText().equals(DEAD)) {
        other = worker.path("neighbours").path(0).asText();
      }
    }
    String link = other + "," + DEAD;
    await(
        "the closed link",
        () -> cluster.json("explain", link).path("code").asText().equals("LINK_CLOSED"));
    await(
        "its cause",
        () ->
            cluster.json("explain", link).path("cause").path(0).asText().startsWith("SERVER_DOWN"));
  }

  private void theDrawGoesOn(String draw) throws Exception {
    // Its shard may just be electing another writer.
    await("a draw that sells", () -> explainedDraw(draw).path("sells").asBoolean());
    await("a draw that can be drawn", () -> explainedDraw(draw).path("canBeDrawn").asBoolean());
    assertThat(explainedDraw(draw).path("replicas")).isNotEmpty();
    await("its page", () -> page("/explain/" + draw).contains(">sells<"));
  }

  private JsonNode explainedDraw(String draw) throws IOException {
    return cluster.json("explain", draw).path("draw");
  }

  private long lastEvent() throws IOException {
    JsonNode items = cluster.json("events").path("items");
    return items.isEmpty() ? 0 : items.path(items.size() - 1).path("number").asLong();
  }

  private boolean hasEvent(long after, String code) throws IOException {
    JsonNode page = cluster.json("events", "--after", Long.toString(after), "--limit", "500");
    for (JsonNode event : page.path("items")) {
      if (event.path("code").asText().equals(code) && event.path("subject").asText().equals(DEAD)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTrouble(Predicate<String> subject) throws IOException {
    for (JsonNode item : staff("/api/v1/troubles").json().path("items")) {
      if (subject.test(item.path("subject").asText())) {
        return true;
      }
    }
    return false;
  }

  private Site.Reply staff(String path) throws IOException {
    return new Site(cluster.description().path("staff").asText()).get(path, token());
  }

  private String page(String path) throws IOException {
    return new Site(cluster.description().path("staff").asText())
        .send("GET", path, "", null, Map.of("Cookie", "elottery-staff=" + token()))
        .text();
  }

  private String token() {
    return cluster.description().path("signIns").path("operations").path("token").asText();
  }

  private static void await(String what, Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(what).isLessThan(SOON);
      Pause.millis(200);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }
}
