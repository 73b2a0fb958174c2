package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.checker.Checker;
import io.elottery.foundation.simulation.SimRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final Duration ACK_MAX = Duration.ofSeconds(90);
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
  private boolean damaged; // one copy of five may be lost for good

  @Test
  void nothingAcknowledgedIsLostWhateverIsDoneToWorkers(@TempDir Path root) throws Exception {
    int times = Integer.getInteger("times", 20);
    Path directory = up(root);
    try (Checker checker = checker(directory)) {
      LocalCluster cluster = new LocalCluster(directory);
      String draw = open(cluster);
      checker.start();
      awaitMore(checker, 30);
      for (int i = 1; i <= times; i++) {
        Act act = Act.values()[chance.nextInt(Act.values().length)];
        checker.takeLongestGap();
        act(cluster, act, draw);
        awaitMore(checker, 20);
        System.out.printf(
            Locale.ROOT,
            "%3d  %-13s longest gap %5.2f s   %s%n",
            i,
            act,
            checker.takeLongestGap().toMillis() / 1000.0,
            checker.line());
        assertThat(checker.isClean()).as(checker.line()).isTrue();
      }
      judge(cluster, checker);
    } finally {
      down(directory);
    }
  }

  @Test
  void writersKilledInARow(@TempDir Path root) throws Exception {
    int kills = Integer.getInteger("kills", 20);
    List<Long> gaps = new ArrayList<>();
    Path directory = up(root);
    try (Checker checker = checker(directory)) {
      LocalCluster cluster = new LocalCluster(directory);
      String draw = open(cluster);
      checker.start();
      awaitMore(checker, 30);
      for (int i = 0; i < kills; i++) {
        String writer = cluster.writerOf(draw);
        checker.takeLongestGap();
        cluster.elottery("kill", writer);
        awaitMore(checker, 30);
        gaps.add(checker.takeLongestGap().toMillis());
        cluster.elottery("start", writer);
        cluster.awaitVerdict(writer, "UP", UP_MAX);
        awaitMore(checker, 10);
      }
      judge(cluster, checker);
    } finally {
      down(directory);
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
    Path directory = up(root);
    try (Checker checker = checker(directory)) {
      LocalCluster cluster = new LocalCluster(directory);
      open(cluster);
      checker.start();
      awaitMore(checker, 30);
      cluster.elottery(words("kill", all()));
      for (String worker : all()) {
        copy(store(directory, worker), root.resolve("copy-" + worker));
      }
      cluster.elottery(words("start", all()));
      awaitMore(checker, 30);
      cluster.elottery(words("kill", all()));
      for (String worker : all()) {
        delete(store(directory, worker));
        copy(root.resolve("copy-" + worker), store(directory, worker));
      }
      cluster.elottery(words("start", all()));
      awaitMore(checker, 10);
      checker.stop();
      checker.readBack(Integer.MAX_VALUE, line -> {});

      System.out.println("disks that lied: found " + checker.tree().path("found"));
      assertThat(checker.isClean()).as("thirty tickets are gone").isFalse();
    } finally {
      down(directory);
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

  // Its store is emptied, or put back to what it was some tickets ago.
  private void damage(LocalCluster cluster, String worker, boolean putBack) throws Exception {
    if (damaged) {
      kill(cluster, List.of(worker));
      return;
    }
    damaged = true;
    Path store = store(cluster.directory(), worker);
    Path backup = cluster.directory().resolve("backup-of-" + worker);
    cluster.elottery("kill", worker);
    copy(store, backup);
    if (putBack) {
      cluster.elottery("start", worker);
      cluster.awaitVerdict(worker, "UP", UP_MAX);
      Pause.millis(3_000);
      cluster.elottery("kill", worker);
    }
    delete(store);
    if (putBack) {
      copy(backup, store);
    }
    cluster.elottery("start", worker);
    cluster.awaitVerdict(worker, "UP", UP_MAX);
  }

  private static void judge(LocalCluster cluster, Checker checker) throws Exception {
    checker.stop();
    checker.readBack(Integer.MAX_VALUE, line -> {});
    checker.conserved(
        new Site(cluster.description().path("staff").asText())
            .get(
                "/api/v1/accounts",
                cluster.description().path("signIns").path("operations").path("token").asText())
            .json());
    System.out.println("read back: " + checker.line());
    assertThat(checker.isClean()).as(checker.tree().toPrettyString()).isTrue();
  }

  private static Path up(Path root) throws IOException {
    Path directory = root.resolve("network");
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
    return directory;
  }

  private static void down(Path directory) throws IOException {
    LocalCluster.run(START_MAX, "down", "--dir", directory.toString());
  }

  private static Checker checker(Path directory) throws IOException {
    return new Checker(
        new Checker.Config(
            new LocalCluster(directory).description().path("site").asText(),
            List.of("TOR"),
            6,
            60,
            directory.resolve("checker.journal")),
        finding -> System.out.println("FOUND " + finding));
  }

  private static String open(LocalCluster cluster) throws Exception {
    return cluster.openDraw("TOR", Duration.ofHours(5));
  }

  private static void awaitMore(Checker checker, int tickets) throws InterruptedException {
    long goal = checker.acknowledged() + tickets;
    long began = System.nanoTime();
    while (checker.acknowledged() < goal) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%d more tickets; %s", tickets, checker.line())
          .isLessThan(ACK_MAX);
      Pause.millis(5);
    }
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

  private static Path store(Path directory, String worker) {
    return directory.resolve(worker).resolve("ledger");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
