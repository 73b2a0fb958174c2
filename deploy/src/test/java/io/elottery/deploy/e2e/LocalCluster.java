package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.deploy.Elottery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A local cluster of real processes, driven with the {@code elottery} command as a person would:
 * ZooKeeper, three mains, six workers, two gateways, an auditor. One for all end-to-end tests of a
 * run, because starting thirteen processes is what costs; it ends with the tests' JVM.
 */
final class LocalCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  // Bounds for a machine that is busy otherwise.
  private static final Duration START_MAX = Duration.ofMinutes(6);
  private static final Duration SELLING_MAX = Duration.ofSeconds(60);
  private static final Duration CERTIFIED_MAX = Duration.ofSeconds(40);

  private static @Nullable LocalCluster running;

  private final Path directory;
  private final JsonNode description;
  private int draws;

  /** One that is there already, or is being started. */
  LocalCluster(Path directory) throws IOException {
    this.directory = directory;
    this.description = JSON.readTree(directory.resolve("cluster.json").toFile());
  }

  /** The cluster, started on first use; {@code -Dcluster=DIR} names one that runs already. */
  static synchronized LocalCluster get() throws IOException {
    String there = System.getProperty("cluster");
    if (running == null && there != null) {
      running = new LocalCluster(Path.of(there));
    } else if (running == null) {
      Path directory = Files.createTempDirectory("elottery-e2e");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory)));
      run(
          START_MAX,
          "up",
          "--dir",
          directory.toString(),
          "--workers",
          "6",
          "--gateways",
          "2",
          "--port",
          "0",
          "--timeout",
          "300");
      running = new LocalCluster(directory);
    }
    return running;
  }

  /** The one address of the gateways. */
  Site site() {
    return new Site(description.path("site").asText());
  }

  /** Where the cluster lives. */
  Path directory() {
    return directory;
  }

  /** What {@code up} wrote down. */
  JsonNode description() {
    return description;
  }

  /** A bearer token of the operator. */
  String operatorToken() {
    return description.path("signIns").path("operator").path("token").asText();
  }

  /** Runs the command against this cluster; what it printed. It must succeed. */
  String elottery(String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--dir");
    all.add(directory.toString());
    return run(Duration.ofMinutes(3), all.toArray(String[]::new));
  }

  /** Runs the command and reads what it printed as JSON. */
  JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--output");
    all.add("json");
    return JSON.readTree(elottery(all.toArray(String[]::new)));
  }

  /** Opens a draw of the branch that takes tickets until told otherwise; {@code game/id}. */
  String openDraw(String branch, Duration open) throws IOException, InterruptedException {
    String date = DateTimeFormatter.ofPattern("ddMMyy").format(LocalDate.now(ZoneOffset.UTC));
    // Far from the schedule's own suffixes.
    String draw = "powerball/" + branch + "E" + date + "-" + (500 + ++draws);
    String body =
        "{\"capacity\":1000000,\"closesAt\":\"" + Instant.now().plus(open).toString() + "\"}";
    Site site = site();
    Site.Reply opened = site.put("/api/v1/draws/" + draw, operatorToken(), body);
    assertThat(opened.status()).as(opened.text()).isIn(200, 201);
    awaitSelling(draw);
    return draw;
  }

  private void awaitSelling(String draw) throws IOException, InterruptedException {
    String id = draw.substring(draw.indexOf('/') + 1);
    long began = System.nanoTime();
    while (true) {
      Site.Reply open =
          site().get("/api/v1/draws?state=OPEN&branch=" + id.substring(0, 3) + "&limit=100", "");
      for (JsonNode item : open.json().path("items")) {
        if (item.path("id").asText().equals(id)) {
          return;
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is committed by all parties; listed: %s", draw, open.text())
          .isLessThan(SELLING_MAX);
      Pause.millis(200);
    }
  }

  /** Closes the draw; its result when all parties have certified it. */
  JsonNode drawn(String draw) throws IOException, InterruptedException {
    Site site = site();
    Site.Reply closed = site.post("/api/v1/draws/" + draw + "/close", operatorToken(), "{}");
    assertThat(closed.status()).as(closed.text()).isIn(200, 202);
    long began = System.nanoTime();
    Site.Reply reply = site.get("/api/v1/draws/" + draw + "/result", "");
    while (!reply.json().path("state").asText().equals("CERTIFIED")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(reply.text())
          .isLessThan(CERTIFIED_MAX);
      Pause.millis(200);
      reply = site.get("/api/v1/draws/" + draw + "/result", "");
    }
    return reply.json();
  }

  /** The worker that writes for the draw's shard now. */
  String writerOf(String draw) throws IOException {
    int slash = draw.indexOf('/');
    return json("draws", "show", draw.substring(0, slash), draw.substring(slash + 1))
        .path("writer")
        .asText();
  }

  /** Waits until {@code elottery status} says this of the worker. */
  void awaitVerdict(String worker, String verdict, Duration within)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    String last = "nothing";
    while (Duration.ofNanos(System.nanoTime() - began).compareTo(within) < 0) {
      for (JsonNode item : network().path("workers")) {
        if (item.path("id").asText().equals(worker)) {
          last = item.path("verdict").asText();
          if (last.equals(verdict)) {
            return;
          }
        }
      }
      Pause.millis(100);
    }
    throw new AssertionError(worker + " is " + last + ", expected " + verdict + " in " + within);
  }

  /** The staff port's picture of the network. */
  JsonNode network() throws IOException {
    return new Site(description.path("staff").asText())
        .get(
            "/api/v1/network",
            description.path("signIns").path("operations").path("token").asText())
        .json();
  }

  /** What main tells to be wrong, as text. */
  String troubles() throws IOException {
    return new Site(description.path("staff").asText())
        .get(
            "/api/v1/troubles",
            description.path("signIns").path("operations").path("token").asText())
        .text();
  }

  /** Runs the command against this cluster; its exit status. */
  int exitOf(String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--dir");
    all.add(directory.toString());
    return ran(all).status();
  }

  /** Runs the command against this cluster; what it warned of when it was not done, else empty. */
  String refusalOf(String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--dir");
    all.add(directory.toString());
    Ran ran = ran(all);
    return ran.status() == 0 ? "" : ran.status() + " " + ran.warned();
  }

  /** Starts a network that was made before; waits until all of it is ready. */
  static String up(Path directory, Duration within) {
    try {
      return run(within, "up", "--dir", directory.toString(), "--timeout", "300");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs a command that must succeed; what it printed. */
  static String run(Duration within, String... words) throws IOException {
    long began = System.nanoTime();
    Ran ran = ran(Arrays.asList(words));
    String told = String.join(" ", words) + "\n" + ran.printed() + "\n" + ran.warned();
    assertThat(ran.status()).as(told).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).as(told).isLessThan(within);
    return ran.printed();
  }

  /** What a command did. */
  private record Ran(int status, String printed, String warned) {}

  // In this JVM: starting one for every command costs more than the command.
  private static Ran ran(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Elottery.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            words.toArray(String[]::new));
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static void stop(Path directory) {
    try {
      run(Duration.ofMinutes(1), "down", "--dir", directory.toString());
      if (!Boolean.getBoolean("keep")) {
        try (var files = Files.walk(directory)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    } catch (IOException | AssertionError left) {
      System.err.println("the cluster in " + directory + " did not stop cleanly: " + left);
    }
  }
}
