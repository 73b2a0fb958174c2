package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers come, go, return and lie while the checker buys: nothing is lost, no more copies move
 * than must. Real processes with small heaps, twenty at the most: {@code mvn -Pchaos verify
 * -Dit.test=GrowthE2E}.
 */
@Tag("e2e")
@Tag("chaos")
final class GrowthE2E {
  private static final int FIRST = 5;
  private static final int MOST = 12;
  private static final int SHARDS = 8;
  private static final int COPIES = 5;
  // Bounds on waiting beside twenty other processes, not promises.
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration RESTORED_MAX = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path root;

  @SuppressWarnings("NullAway.Init")
  private static LocalCluster cluster;

  @SuppressWarnings("NullAway.Init")
  private static Officers officers;

  @SuppressWarnings("NullAway.Init")
  private static Copies copies;

  @BeforeAll
  static void startCluster() throws Exception {
    System.setProperty("elottery.worker.opts", "-Xmx128m");
    Path directory = root.resolve("network");
    LocalCluster.run(
        LONG,
        "up",
        "--dir",
        directory.toString(),
        "--workers",
        "" + FIRST,
        "--shards",
        "" + SHARDS,
        "--gateways",
        "1",
        "--port",
        "0");
    cluster = new LocalCluster(directory);
    officers = new Officers(cluster);
    copies = new Copies(cluster);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    System.clearProperty("elottery.worker.opts");
    LocalCluster.run(LONG, "down", "--dir", root.resolve("network").toString());
  }

  @Test
  void fiveBecomeTwelveAndFiveAgainWhileTicketsAreSold() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(3));
    try (WatchedSales sales = new WatchedSales(cluster, "grow", 20)) {
      sales.awaitMore(50);
      SortedSet<String> before = copies.all();

      long began = System.nanoTime();
      cluster.elottery("grow", "--workers", "" + MOST);
      say("%d workers joined by their tokens in %s s", MOST - FIRST, seconds(began));
      sales.awaitMore(50);
      assertThat(copies.shards().path("idle"))
          .as("who came holds nothing yet")
          .hasSize(MOST - FIRST);
      // Four keep four copies, the fifth three: all are to hold three or four in the end.
      int most = Math.min(FIRST, SHARDS * COPIES % MOST);
      int fewest = SHARDS * COPIES - FIRST * (SHARDS * COPIES / MOST) - most;
      int planned = copiesOf(officers.as("officer1", "shards", "balance", "--dry-run"));
      Watched grown = balance(sales);
      SortedSet<String> between = copies.all();
      say("5 → 12: %s", grown.words(before, between, fewest));
      assertThat(planned).isEqualTo(fewest);
      assertThat(grown.moved(before, between)).as(events("MEMBERS_CHANGE")).isEqualTo(fewest);
      assertThat(Copies.byWorker(between).values()).hasSize(MOST).allMatch(it -> it / 3 == 1);
      assertThat(preferred().values()).allMatch(it -> it == 1);
      sales.awaitMore(50);

      List<String> leaving =
          IntStream.rangeClosed(FIRST + 1, MOST).mapToObj(i -> "worker-" + i).toList();
      int theirs =
          (int) between.stream().filter(it -> leaving.contains(it.split("[ #]", -1)[1])).count();
      Watched shrunk = balance(sales, "--without", String.join(",", leaving));
      SortedSet<String> after = copies.all();
      say("12 → 5: %s", shrunk.words(between, after, theirs));
      assertThat(shrunk.moved(between, after)).as(events("MEMBERS_CHANGE")).isEqualTo(theirs);
      assertThat(Copies.byWorker(after)).hasSize(FIRST);
      long removing = System.nanoTime();
      for (String worker : leaving) {
        officers.approve(
            officers.propose("servers", "remove", worker, "--reason", "the season is over"));
      }
      awaitGone(leaving);
      say("%d workers removed in %s s", leaving.size(), seconds(removing));
      sales.awaitMore(50);
      sales.judge();
    }
    assertThat(cluster.writerOf(draw)).isNotEmpty();
  }

  @Test
  void aRestoredWriterWritesAgainSoonAndNoCallFails() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(3));
    try (WatchedSales sales = new WatchedSales(cluster, "restored", 20)) {
      sales.awaitMore(50);
      List<Double> took = new ArrayList<>();
      for (int i = 0; i < Integer.getInteger("times", 3); i++) {
        JsonNode shard = shardWrittenBy(cluster.writerOf(draw));
        String home = shard.path("preferred").asText();
        String id = shard.path("id").asText();
        awaitWriter(id, home);
        cluster.elottery("kill", home);
        sales.awaitMore(50);
        cluster.elottery("start", home);
        awaitCaughtUp(id, home);
        long askedAgain = sales.askedAgain();
        long caughtUp = System.nanoTime();
        awaitWriter(id, home);
        took.add((System.nanoTime() - caughtUp) / 1e9);
        sales.awaitMore(50);
        assertThat(sales.askedAgain()).isEqualTo(askedAgain);
      }
      say("restored writers wrote again after %s s, no call failed", took);
      assertThat(took).allMatch(it -> it < RESTORED_MAX.toSeconds());
      sales.judge();
    }
  }

  @Test
  void aCopyThatLiesIsExchangedWhilePlayersGetTheRightAnswer() throws Exception {
    Site site = cluster.site();
    String path = "/api/v1/games/powerball/results?limit=20";
    String right = site.get(path, "").text();
    String liar = "worker-2";
    cluster.elottery("kill", liar);
    Process process = lying(liar);
    try {
      cluster.awaitVerdict(liar, "UP", LONG);
      int asked = 0;
      long began = System.nanoTime();
      while (incarnationsOf(liar).stream().noneMatch(it -> it > 1)
          || !copies.rest()
          || !events("COPY_LIES").contains(liar)) {
        Site.Reply reply = site.get(path, "");
        asked++;
        assertThat(reply.text()).as("answer %d", asked).isEqualTo(right);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
        Pause.millis(100);
      }
      say("%s lied; exchanged after %s s, %d answers, all right", liar, seconds(began), asked);
      String wrong = events("COPY_WRONG");
      for (int i = 0; i < 20; i++) {
        assertThat(site.get(path, "").text()).isEqualTo(right);
      }
      assertThat(events("COPY_WRONG")).as("it lies no more").isEqualTo(wrong);
    } finally {
      process.destroyForcibly().waitFor();
      cluster.elottery("start", liar);
    }
    cluster.awaitVerdict(liar, "UP", LONG);
  }

  private static Process lying(String worker) throws Exception {
    Path home = cluster.directory().resolve(worker);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-Delottery.node=" + worker,
            "-cp",
            System.getProperty("java.class.path"),
            "io.elottery.worker.LyingWorker",
            home.resolve("worker.yaml").toString());
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
        .start();
  }

  /** What was seen while shards were balanced. */
  private record Watched(double seconds, int atOnce, int estimates, long askedAgain, double gap) {
    /** Copies that are where there were none, or made anew. */
    int moved(SortedSet<String> before, SortedSet<String> after) {
      return (int) after.stream().filter(copy -> !before.contains(copy)).count();
    }

    String words(SortedSet<String> before, SortedSet<String> after, int fewest) {
      return String.format(
          Locale.ROOT,
          "%d copies moved (at least %d must) in %.1f s, %d shards at once at most, estimate shown"
              + " %d times, %d requests tried again, longest gap %.2f s",
          moved(before, after),
          fewest,
          seconds,
          atOnce,
          estimates,
          askedAgain,
          gap);
    }
  }

  private static Watched balance(WatchedSales sales, String... without) throws Exception {
    long askedAgain = sales.askedAgain();
    sales.takeLongestGap();
    long began = System.nanoTime();
    List<String> words = new ArrayList<>(List.of("shards", "balance"));
    words.addAll(List.of(without));
    officers.as("officer1", words.toArray(String[]::new));
    int atOnce = 0;
    int estimates = 0;
    boolean over = false;
    while (!over) {
      JsonNode now = copies.shards();
      int changing = 0;
      for (JsonNode shard : now.path("items")) {
        changing += shard.has("change") ? 1 : 0;
      }
      atOnce = Math.max(atOnce, changing);
      estimates += now.path("balancing").has("secondsLeft") ? 1 : 0;
      over = !now.has("balance") && changing == 0;
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as("%s", now).isLessThan(LONG);
      Pause.millis(400);
    }
    return new Watched(
        (System.nanoTime() - began) / 1e9,
        atOnce,
        estimates,
        sales.askedAgain() - askedAgain,
        sales.takeLongestGap().toMillis() / 1e3);
  }

  private static int copiesOf(JsonNode planned) {
    int copies = 0;
    for (JsonNode move : planned.path("moves")) {
      copies += move.path("what").asText().equals("COPIES") ? 1 : 0;
    }
    return copies;
  }

  private static List<Integer> incarnationsOf(String worker) throws Exception {
    return copies.of(worker).stream()
        .map(copy -> Integer.valueOf(copy.substring(copy.indexOf('#') + 1)))
        .toList();
  }

  private static SortedMap<String, Integer> preferred() throws Exception {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (JsonNode shard : copies.shards().path("items")) {
      counts.merge(shard.path("preferred").asText(), 1, Integer::sum);
    }
    return counts;
  }

  private static JsonNode shardWrittenBy(String worker) throws Exception {
    for (JsonNode shard : copies.shards().path("items")) {
      if (shard.path("writer").asText().equals(worker)) {
        return shard;
      }
    }
    throw new AssertionError(worker + " writes nothing");
  }

  private static JsonNode shard(String id) throws Exception {
    for (JsonNode shard : copies.shards().path("items")) {
      if (shard.path("id").asText().equals(id)) {
        return shard;
      }
    }
    throw new AssertionError("no " + id);
  }

  private static void awaitWriter(String id, String worker) throws Exception {
    long began = System.nanoTime();
    while (!shard(id).path("writer").asText().equals(worker)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is to write %s", worker, id)
          .isLessThan(Duration.ofMinutes(2));
      Pause.millis(100);
    }
  }

  // What main shows at rest is five seconds old at the most.
  private static void awaitCaughtUp(String id, String worker) throws Exception {
    long began = System.nanoTime();
    boolean near = false;
    while (!near) {
      JsonNode shard = shard(id);
      for (JsonNode copy : shard.path("copies")) {
        near |= copy.path("worker").asText().equals(worker) && Copies.hasCaughtUp(copy);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as("%s", shard).isLessThan(LONG);
      Pause.millis(100);
    }
  }

  private static void awaitGone(List<String> workers) throws Exception {
    long began = System.nanoTime();
    while (true) {
      String all = cluster.network().path("workers").toString();
      boolean gone = workers.stream().noneMatch(it -> all.contains("\"" + it + "\""));
      if (gone && running(workers).isEmpty()) {
        return;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(all).isLessThan(LONG);
      Pause.millis(500);
    }
  }

  private static List<String> running(List<String> workers) throws Exception {
    List<String> running = new ArrayList<>();
    for (JsonNode process : cluster.json("ps")) {
      String id = process.path("id").asText();
      if (workers.contains(id) && process.path("state").asText().equals("running")) {
        running.add(id);
      }
    }
    return running;
  }

  private static String events(String code) throws Exception {
    StringBuilder events = new StringBuilder();
    for (JsonNode event : cluster.json("events", "--limit", "500").path("items")) {
      if (event.path("code").asText().equals(code)) {
        events.append(event).append('\n');
      }
    }
    return events.toString();
  }

  private static String seconds(long since) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / 1e9);
  }

  private static void say(String words, Object... values) {
    System.out.printf(Locale.ROOT, words + "%n", values);
  }
}
