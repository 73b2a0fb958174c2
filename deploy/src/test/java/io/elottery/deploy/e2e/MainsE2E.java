package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mains that are stopped, killed and switched over while tickets are sold: no order of an old
 * leader is obeyed, somebody supervises again within seconds, sales never stop. {@code -Dtimes=50}
 * pauses more often than the build does.
 */
@Tag("e2e")
final class MainsE2E {
  private static final int TIMES = 3;
  private static final List<String> MAINS = List.of("main-1", "main-2", "main-3");
  private static final Duration STARTED_MAX = Duration.ofSeconds(90);
  // Bounds for a machine that is busy otherwise too; what it took is printed.
  private static final Duration LED_MAX = Duration.ofSeconds(60);
  private static final Duration REPLACED_MAX = Duration.ofSeconds(10);
  // Of the log: "order LEFT/7/3: MOVE_WRITERS worker-2".
  private static final Pattern OBEYED = Pattern.compile("order (LEFT|RIGHT)/(\\d+)/\\d+");

  private static LocalCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LocalCluster.get();
  }

  @Test
  void aLeaderStoppedDuringASwitchoverAndResumedDoesNoHarm() throws Exception {
    int times = Integer.getInteger("times", TIMES);
    long longest = 0;
    int obeyed = 0;
    for (int time = 0; time < times; time++) {
      Turn turn = awaitTurn();
      String half = turn.half;
      Seat before = turn.seat;
      String silent = workerOf(half, time);

      // A worker of the half falls silent, so that whoever leads it has an order to give.
      cluster.elottery("pause", silent);
      switchOver(half, turn.next);
      cluster.elottery("pause", before.leader);
      long began = System.nanoTime();
      Seat after = awaitLed(half, before.leader, before.fence, LED_MAX);
      longest = Math.max(longest, System.nanoTime() - began);
      cluster.awaitVerdict(silent, "DOWN", LED_MAX);
      cluster.elottery("resume", before.leader, silent);

      awaitHeard(silent);
      Seat now = seat(half);
      assertThat(now.leader).as("the one that was stopped leads no more").isEqualTo(after.leader);
      assertThat(now.fence).isGreaterThanOrEqualTo(after.fence);
      obeyed = ordersObeyedInTheirOrder();
    }
    assertThat(obeyed).as("orders that were obeyed").isPositive();
    System.out.printf(
        "MainsE2E: %d leaders stopped during a switchover and resumed, %d orders obeyed, none of an"
            + " old leader; the next one led after %d ms at most%n",
        times, obeyed, longest / 1_000_000);
  }

  @Test
  void killedLeadersAreReplacedWithinSecondsAndSalesNeverStop() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.steady(cluster.site(), draw, 2);
    sales.awaitMore(20, Duration.ofSeconds(20));
    sales.resetGap();

    Lost left = killAndAwait("LEFT");
    startAgain(left.mains);
    Lost actors = killAndAwait("LEFT", "RIGHT");
    // Whoever leads both halves now dies as well: then there is none.
    List<String> last = new ArrayList<>(MAINS);
    last.removeAll(actors.mains);
    cluster.elottery(words("kill", last));
    sales.awaitMore(20, Duration.ofSeconds(10));
    long fence = Math.max(lastFence("LEFT"), lastFence("RIGHT"));
    long began = System.nanoTime();
    cluster.elottery(words("start", MAINS));
    awaitAnswer();
    long answered = System.nanoTime();
    awaitLed("LEFT", "", fence, STARTED_MAX);
    awaitLed("RIGHT", "", fence, STARTED_MAX);
    Duration led = Duration.ofNanos(System.nanoTime() - answered);
    Duration all = Duration.ofNanos(System.nanoTime() - began);
    cluster.awaitVerdict("worker-1", "UP", STARTED_MAX);
    sales.awaitMore(20, Duration.ofSeconds(20));
    Duration gap = sales.longestGap();
    sales.close();

    System.out.printf(
        "MainsE2E: supervised again %d ms after the acting LEFT was killed, %d ms after both"
            + " halves' actors, %d ms after all mains were started anew, %d ms after the first of"
            + " them answered; longest gap in sales %d ms%n",
        left.took.toMillis(),
        actors.took.toMillis(),
        all.toMillis(),
        led.toMillis(),
        gap.toMillis());
    assertThat(left.took).isLessThan(REPLACED_MAX);
    assertThat(actors.took).isLessThan(REPLACED_MAX);
    assertThat(gap).isLessThan(REPLACED_MAX);
    sales.assertEveryTicketIsThereExactlyOnce();
    ordersObeyedInTheirOrder();
  }

  // Refused until the main stands: what was killed a moment ago is connected first.
  private static void switchOver(String half, String next) throws Exception {
    long began = System.nanoTime();
    String[] words = {
      "switchover", half.toLowerCase(Locale.ROOT), "--to", next, "--reason", "a stop"
    };
    String refused = cluster.refusalOf(words);
    // An answer may be lost with the one who stepped down; asked again, it is done already.
    while (!refused.isEmpty() && !refused.contains(next + " leads " + half + " already")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("a switchover to %s is taken: %s", next, refused)
          .isLessThan(LED_MAX);
      Pause.millis(100);
      refused = cluster.refusalOf(words);
    }
  }

  /** Mains that were killed, and how long it took until others acted for their halves. */
  private record Lost(List<String> mains, Duration took) {}

  private static Lost killAndAwait(String... halves) throws Exception {
    List<Seat> before = new ArrayList<>();
    List<String> victims = new ArrayList<>();
    for (String half : halves) {
      Seat seat = awaitLed(half, "", 0, STARTED_MAX);
      before.add(seat);
      if (!victims.contains(seat.leader)) {
        victims.add(seat.leader);
      }
    }
    long highest = before.stream().mapToLong(seat -> seat.fence).max().orElse(0);
    long began = System.nanoTime();
    cluster.elottery(words("kill", victims));
    for (int i = 0; i < halves.length; i++) {
      awaitLed(halves[i], before.get(i).leader, highest, LED_MAX);
    }
    return new Lost(victims, Duration.ofNanos(System.nanoTime() - began));
  }

  private static void startAgain(List<String> mains) throws Exception {
    cluster.elottery(words("start", mains));
    for (String main : mains) {
      awaitStanding(main);
    }
  }

  private static String[] words(String command, List<String> names) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(names);
    return all.toArray(String[]::new);
  }

  private record Seat(String leader, long fence, List<String> substitutes) {}

  private static final Map<String, Long> fences = new TreeMap<>();

  private static long lastFence(String half) {
    return fences.getOrDefault(half, 0L);
  }

  private static Seat seat(String half) throws IOException {
    JsonNode node = cluster.network().path("hemispheres").path(half);
    List<String> substitutes = new ArrayList<>();
    node.path("substitutes").forEach(main -> substitutes.add(main.asText()));
    long fence = node.path("fence").asLong();
    fences.merge(half, fence, Math::max);
    return new Seat(node.path("leader").asText(""), fence, substitutes);
  }

  private static Seat awaitLed(String half, String notBy, long above, Duration within)
      throws Exception {
    long began = System.nanoTime();
    Seat seat = seat(half);
    while (seat.leader.isEmpty()
        || seat.leader.equals("null")
        || seat.leader.equals(notBy)
        || seat.fence <= above) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s led by another than %s above %d: %s", half, notBy, above, seat)
          .isLessThan(within);
      Pause.millis(30);
      seat = seat(half);
    }
    return seat;
  }

  private static void awaitAnswer() throws Exception {
    long began = System.nanoTime();
    while (cluster.network().path("hemispheres").isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("a main answers")
          .isLessThan(STARTED_MAX);
      Pause.millis(30);
    }
  }

  /** A half, who leads it, and a substitute that leads nothing. */
  private record Turn(String half, Seat seat, String next) {}

  // Mains that start on a busy machine take what is free: either half may have the substitute.
  private static Turn awaitTurn() throws Exception {
    long began = System.nanoTime();
    while (true) {
      Seat left = awaitLed("LEFT", "", 0, STARTED_MAX);
      Seat right = awaitLed("RIGHT", "", 0, STARTED_MAX);
      for (String main : MAINS) {
        boolean idle = !main.equals(left.leader) && !main.equals(right.leader);
        if (idle && left.substitutes.contains(main)) {
          return new Turn("LEFT", left, main);
        }
        if (idle && right.substitutes.contains(main)) {
          return new Turn("RIGHT", right, main);
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("an idle substitute for %s or %s", left, right)
          .isLessThan(STARTED_MAX);
      Pause.millis(100);
    }
  }

  // In turn, since who comes and goes is not called UP for a while.
  private static String workerOf(String half, int time) throws IOException {
    List<String> workers = new ArrayList<>();
    for (JsonNode worker : cluster.network().path("workers")) {
      if (worker.path("hemisphere").asText().equals(half)) {
        workers.add(worker.path("id").asText());
      }
    }
    return workers.get(time % workers.size());
  }

  private static void awaitHeard(String id) throws Exception {
    long began = System.nanoTime();
    while (true) {
      for (JsonNode worker : cluster.network().path("workers")) {
        String verdict = worker.path("verdict").asText();
        if (worker.path("id").asText().equals(id) && !verdict.equals("DOWN")) {
          return;
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s is heard again", id)
          .isLessThan(LED_MAX);
      Pause.millis(100);
    }
  }

  private static void awaitStanding(String main) throws Exception {
    long began = System.nanoTime();
    while (true) {
      for (String half : List.of("LEFT", "RIGHT")) {
        Seat seat = seat(half);
        if (seat.leader.equals(main) || seat.substitutes.contains(main)) {
          return;
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%s stands", main)
          .isLessThan(STARTED_MAX);
      Pause.millis(100);
    }
  }

  // Each worker's log in order: the fences it obeyed never go back.
  private static int ordersObeyedInTheirOrder() throws IOException {
    int obeyed = 0;
    for (JsonNode process : cluster.description().path("processes")) {
      if (!process.path("role").asText().equals("worker")) {
        continue;
      }
      Map<String, Long> highest = new TreeMap<>();
      try (Stream<String> lines =
          Files.lines(
              cluster.directory().resolve(process.path("id").asText()).resolve("log"),
              StandardCharsets.UTF_8)) {
        for (String line : lines.toList()) {
          Matcher matcher = OBEYED.matcher(line);
          if (matcher.find()) {
            long fence = Long.parseLong(matcher.group(2));
            Long before = highest.put(matcher.group(1), fence);
            assertThat(fence).as(line).isGreaterThanOrEqualTo(before == null ? 0 : before);
            obeyed++;
          }
        }
      }
    }
    return obeyed;
  }
}
