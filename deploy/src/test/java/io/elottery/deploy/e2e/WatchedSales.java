package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.checker.Checker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The checker buys in TOR whatever is done to the cluster; in the end it reads everything back. */
final class WatchedSales implements AutoCloseable {
  private static final int PLAYERS = 6;
  // A bound on waiting beside many other processes, not a promise.
  private static final Duration MORE_MAX = Duration.ofMinutes(2);

  private final LocalCluster cluster;
  private final Checker checker;

  /**
   * Begins to buy.
   *
   * @param journal names it: one for each in a cluster
   */
  WatchedSales(LocalCluster cluster, String journal, double perSecond) throws IOException {
    this.cluster = cluster;
    this.checker =
        new Checker(
            new Checker.Config(
                cluster.description().path("site").asText(),
                List.of("TOR"),
                PLAYERS,
                perSecond,
                cluster.directory().resolve(journal + ".journal")),
            finding -> System.out.println("FOUND " + finding));
    checker.start();
  }

  /** Waits for that many more tickets. */
  void awaitMore(int tickets) throws InterruptedException {
    long goal = checker.acknowledged() + tickets;
    long began = System.nanoTime();
    while (checker.acknowledged() < goal) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("%d more tickets; %s", tickets, checker.line())
          .isLessThan(MORE_MAX);
      Pause.millis(5);
    }
  }

  /** Tickets it has receipts for. */
  long acknowledged() {
    return checker.acknowledged();
  }

  /** The longest time without a ticket since this was asked the last time. */
  Duration takeLongestGap() {
    return checker.takeLongestGap();
  }

  /** Requests that were sent once more. */
  long askedAgain() {
    return checker.tree().path("askedAgain").asLong();
  }

  /** Nothing was found so far. */
  void assertClean() {
    assertThat(checker.isClean()).as(checker.line()).isTrue();
  }

  /** How it stands, a line. */
  String line() {
    return checker.line();
  }

  /** Ends, and reads everything back; whatever it finds is what it says. */
  Checker readBack() throws IOException, InterruptedException {
    checker.stop();
    checker.readBack(Integer.MAX_VALUE, line -> {});
    System.out.printf(Locale.ROOT, "read back: %s%n", checker.line());
    return checker;
  }

  /** Ends: everything is there once, in order, and no money too much or too little. */
  void judge() throws IOException, InterruptedException {
    readBack()
        .conserved(
            new Site(cluster.description().path("staff").asText())
                .get(
                    "/api/v1/accounts",
                    cluster.description().path("signIns").path("operations").path("token").asText())
                .json());
    assertThat(checker.isClean()).as(checker.tree().toPrettyString()).isTrue();
  }

  @Override
  public void close() throws IOException {
    checker.close();
  }
}
