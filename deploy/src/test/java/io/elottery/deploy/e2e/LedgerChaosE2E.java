package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.checker.Checker;
import io.elottery.foundation.simulation.SimRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed, stopped, cut off, emptied and put back while the checker buys; in
 * the end it reads everything back. {@code -Dseed=N} is another mix, {@code -Dtimes=N} a longer
 * one, {@code -Dkills=N} more writers killed: {@code mvn -Pchaos verify -Dit.test=LedgerChaosE2E}.
 */
@Tag("e2e")
@Tag("chaos")
final class LedgerChaosE2E {
  private static final Duration START_MAX = Duration.ofMinutes(4);
  private static final Duration TOLD_MAX = Duration.ofMinutes(4);
  // Each gateway and auditor asks another copy every ten seconds.
  private static final Duration WITNESSED = Duration.ofSeconds(30);
  private static final Duration UP_MAX = Duration.ofSeconds(90);
  private static final int WORKERS = 6;

  private enum Act {
    KILL_WRITER,
    KILL_ONE,
    KILL_TWO,
    KILL_ALL,
    PAUSE,
    CUT_BOTH_WAYS,
    CUT_ONE_WAY,
    EMPTY,
    PUT_BACK
  }

  private final SimRandom chance = new SimRandom(Long.getLong("seed", 1));

  /** A cluster in which a draw sells; ended with this. */
  private record Selling(LocalCluster cluster, String draw) implements AutoCloseable {
    static Selling start(Path root) throws Exception {
      Path directory = root.resolve("network");
      try {
        LocalCluster.run(
            START_MAX,
            "up",
            "--dir",
            directory.toString(),
            "--workers",
            String.valueOf(WORKERS),
            "--gateways",
            "2",
            "--cuttable",
            "--port",
            "0");
        LocalCluster cluster = new LocalCluster(directory);
        return new Selling(cluster, cluster.openDraw("TOR", Duration.ofHours(5)));
      } catch (Exception | AssertionError failed) {
        down(directory);
        throw failed;
      }
    }

    WatchedSales watched() throws IOException {
      return new WatchedSales(cluster, "checker", 60);
    }

    private static void down(Path directory) throws IOException {
      LocalCluster.run(START_MAX, "down", "--dir", directory.toString());
    }

    @Override
    public void close() throws IOException {
      down(cluster.directory());
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhateverIsDoneToWorkers(@TempDir Path root) throws Exception {
    int times = Integer.getInteger("times", 20);
    try (Selling selling = Selling.start(root);
        WatchedSales sales = selling.watched()) {
      LocalCluster cluster = selling.cluster();
      String draw = selling.draw();
      sales.awaitMore(30);
      for (int i = 1; i <= times; i++) {
        Act act = Act.values()[chance.nextInt(Act.values().length)];
        sales.takeLongestGap();
        act(cluster, act, draw);
        sales.awaitMore(20);
        System.out.printf(
            Locale.ROOT,
            "%3d  %-13s longest gap %5.2f s   %s%n",
            i,
            act,
            sales.takeLongestGap().toMillis() / 1000.0,
            sales.line());
        sales.assertClean();
      }
      sales.judge();
    }
  }

  @Test
  void writersKilledInARow(@TempDir Path root) throws Exception {
    int kills = Integer.getInteger("kills", 20);
    List<Long> gaps = new ArrayList<>();
    try (Selling selling = Selling.start(root);
        WatchedSales sales = selling.watched()) {
      LocalCluster cluster = selling.cluster();
      String draw = selling.draw();
      sales.awaitMore(30);
      for (int i = 0; i < kills; i++) {
        String writer = cluster.writerOf(draw);
        sales.takeLongestGap();
        cluster.elottery("kill", writer);
        sales.awaitMore(30);
        gaps.add(sales.takeLongestGap().toMillis());
        cluster.elottery("start", writer);
        cluster.awaitVerdict(writer, "UP", UP_MAX);
        sales.awaitMore(10);
      }
      sales.judge();
    }
    Collections.sort(gaps);
    System.out.printf(
        Locale.ROOT,
        "%d writers killed: longest time without an acknowledgement p50 %.2f s, p99 %.2f s, worst"
            + " %.2f s; none lost%n",
        gaps.size(),
        gaps.get(gaps.size() / 2) / 1000.0,
        gaps.get(gaps.size() * 99 / 100) / 1000.0,
        gaps.get(gaps.size() - 1) / 1000.0);
  }

  /** What a disk that lied shows after a loss of power: all as it was some time ago, everywhere. */
  @Test
  void disksThatLiedAreFound(@TempDir Path root) throws Exception {
    try (Selling selling = Selling.start(root);
        WatchedSales sales = selling.watched()) {
      LocalCluster cluster = selling.cluster();
      StoreFiles stores = new StoreFiles(cluster.directory(), root.resolve("backups"));
      sales.awaitMore(30);
      keepAll(cluster, stores);
      sales.awaitMore(30);
      putBackAll(cluster, stores);
      sales.awaitMore(10);

      Checker checker = sales.readBack();
      System.out.println("disks that lied: found " + checker.tree().path("found"));
      assertThat(checker.isClean()).as("thirty tickets are gone").isFalse();
    }
  }

  /** The same, but the gateways and the auditor have seen what a majority signed since. */
  @Test
  void aLedgerPutBackAsAWholeSellsNoMoreAndTheAuditorSaysWhy(@TempDir Path root) throws Exception {
    try (Selling selling = Selling.start(root);
        WatchedSales sales = selling.watched()) {
      LocalCluster cluster = selling.cluster();
      StoreFiles stores = new StoreFiles(cluster.directory(), root.resolve("backups"));
      sales.awaitMore(30);
      String shard = shardOf(cluster, selling.draw());
      keepAll(cluster, stores);
      sales.awaitMore(30);
      long kept = newestHead(cluster, shard);
      await("a later head", cluster, told -> newestHead(cluster, shard) > kept);
      Pause.millis(WITNESSED.toMillis());
      cluster.elottery("kill", "gateway-1", "gateway-2");
      putBackAll(cluster, stores);
      awaitLogged(cluster.directory().resolve("auditor-1"), "WENT_BACK");
      cluster.elottery("start", "gateway-1", "gateway-2");

      await("the auditor's alarm", cluster, told -> told.contains("LEDGER_WENT_BACK"));
      await("closed copies", cluster, told -> told.contains("SHARD_CLOSED:shard-" + shard));
      await("nothing sold", cluster, told -> soldWithin(sales, Duration.ofSeconds(10)) == 0);
      System.out.println("a ledger put back: " + told(cluster));
    }
  }

  private static void keepAll(LocalCluster cluster, StoreFiles stores) throws IOException {
    cluster.elottery(words("kill", all()));
    stores.keep(all());
    cluster.elottery(words("start", all()));
  }

  private static void putBackAll(LocalCluster cluster, StoreFiles stores) throws IOException {
    cluster.elottery(words("kill", all()));
    stores.putBack(all());
    cluster.elottery(words("start", all()));
  }

  private static String shardOf(LocalCluster cluster, String draw) throws IOException {
    return cluster.site().get("/api/v1/draws/" + draw, "").json().path("shard").asText();
  }

  // All that a gateway keeps fit on one page.
  private static long newestHead(LocalCluster cluster, String shard) throws IOException {
    long newest = 0;
    String path = "/api/v1/heads/" + shard + "?limit=64";
    for (JsonNode head : cluster.site().get(path, "").json().path("items")) {
      newest = Math.max(newest, head.path("position").asLong());
    }
    return newest;
  }

  private static long soldWithin(WatchedSales sales, Duration time) throws InterruptedException {
    long before = sales.acknowledged();
    Pause.millis(time.toMillis());
    return sales.acknowledged() - before;
  }

  /** What is waited for, given the troubles that main tells. */
  private interface Sign {
    boolean isThere(String troubles) throws Exception;
  }

  private static void await(String what, LocalCluster cluster, Sign sign) throws Exception {
    long began = System.nanoTime();
    String told = told(cluster);
    while (!sign.isThere(told)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s; main tells %s", what, told)
          .isLessThan(TOLD_MAX);
      Pause.millis(500);
      told = told(cluster);
    }
  }

  // Nothing while the gateways are being started.
  private static String told(LocalCluster cluster) {
    try {
      return cluster.troubles();
    } catch (IOException away) {
      return "";
    }
  }

  private static void awaitLogged(Path server, String words) throws Exception {
    long began = System.nanoTime();
    while (!Files.readString(server.resolve("log")).contains(words)) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(words).isLessThan(TOLD_MAX);
      Pause.millis(500);
    }
  }

  private void act(LocalCluster cluster, Act act, String draw) throws Exception {
    String one = any(all());
    switch (act) {
      case KILL_WRITER -> kill(cluster, List.of(cluster.writerOf(draw)));
      case KILL_ONE -> kill(cluster, List.of(one));
      case KILL_TWO -> kill(cluster, List.of(one, any(but(one))));
      case KILL_ALL -> kill(cluster, all());
      case PAUSE -> {
        cluster.elottery("pause", one);
        Pause.millis(chance.between(200, 6_000));
        cluster.elottery("resume", one);
        cluster.awaitVerdict(one, "UP", UP_MAX);
      }
      case CUT_BOTH_WAYS -> cut(cluster, one);
      case CUT_ONE_WAY -> cut(cluster, one, "--one-way");
      case EMPTY -> damage(cluster, one, false);
      case PUT_BACK -> damage(cluster, one, true);
    }
  }

  private void kill(LocalCluster cluster, List<String> workers) throws Exception {
    cluster.elottery(words("kill", workers));
    Pause.millis(chance.between(0, 3_000));
    cluster.elottery(words("start", workers));
    for (String worker : workers) {
      cluster.awaitVerdict(worker, "UP", UP_MAX);
    }
  }

  private void cut(LocalCluster cluster, String one, String... how) throws Exception {
    List<String> command = new ArrayList<>(List.of("partition", one, any(but(one))));
    command.addAll(Arrays.asList(how));
    cluster.elottery(command.toArray(String[]::new));
    Pause.millis(chance.between(500, 6_000));
    cluster.elottery("heal");
  }

  // Its store is emptied, or put back to what it was some tickets ago; main makes its copies anew.
  private static void damage(LocalCluster cluster, String worker, boolean putBack)
      throws Exception {
    List<String> one = List.of(worker);
    StoreFiles stores = new StoreFiles(cluster.directory(), cluster.directory().resolve("backups"));
    Copies copies = new Copies(cluster);
    SortedSet<String> old = copies.of(worker);
    cluster.elottery("kill", worker);
    if (putBack) {
      stores.keep(one);
      cluster.elottery("start", worker);
      cluster.awaitVerdict(worker, "UP", UP_MAX);
      Pause.millis(3_000);
      cluster.elottery("kill", worker);
      stores.putBack(one);
    } else {
      stores.empty(worker);
    }
    cluster.elottery("start", worker);
    cluster.awaitVerdict(worker, "UP", UP_MAX);
    copies.awaitMadeAnew(old);
  }

  private static List<String> all() {
    return IntStream.rangeClosed(1, WORKERS).mapToObj(i -> "worker-" + i).toList();
  }

  private static List<String> but(String one) {
    return all().stream().filter(worker -> !worker.equals(one)).toList();
  }

  private String any(List<String> some) {
    return some.get(chance.nextInt(some.size()));
  }

  private static String[] words(String command, List<String> servers) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(servers);
    return words.toArray(String[]::new);
  }
}
