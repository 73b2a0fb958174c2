package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tickets are sold without pause while servers die. Every acknowledged ticket is there exactly once
 * afterwards and no other is. That all die at once is {@link LoneStartE2E}.
 */
@Tag("e2e")
final class NothingIsLostE2E {
  private static final Duration BACK_MAX = Duration.ofSeconds(3);
  // A bound on waiting for a process to start beside thirteen others, not a promise.
  private static final Duration STARTED_MAX = Duration.ofSeconds(90);

  private static LocalCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LocalCluster.get();
  }

  @Test
  void writerKilledAndRestarted() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(50, Duration.ofSeconds(20));
    String writer = cluster.writerOf(draw);
    sales.resetGap();

    cluster.elottery("kill", writer);
    sales.awaitMore(50, Duration.ofSeconds(10));
    Duration gap = sales.longestGap();
    cluster.awaitVerdict(writer, "DOWN", Duration.ofSeconds(10));
    cluster.elottery("start", writer);
    cluster.awaitVerdict(writer, "UP", STARTED_MAX);
    sales.awaitMore(50, Duration.ofSeconds(10));
    sales.close();

    assertThat(gap).isLessThan(BACK_MAX);
    assertThat(cluster.writerOf(draw)).isNotEmpty();
    sales.assertEveryTicketIsThereExactlyOnce();
  }

  @Test
  void writerStoppedAndResumed() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(50, Duration.ofSeconds(20));
    String writer = cluster.writerOf(draw);
    sales.resetGap();

    cluster.elottery("pause", writer);
    sales.awaitMore(50, Duration.ofSeconds(10));
    Duration gap = sales.longestGap();
    cluster.elottery("resume", writer);
    cluster.awaitVerdict(writer, "UP", STARTED_MAX);
    sales.awaitMore(50, Duration.ofSeconds(10));
    sales.close();

    assertThat(gap).isLessThan(BACK_MAX);
    sales.assertEveryTicketIsThereExactlyOnce();
  }

  @Test
  void gatewayKilled() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(50, Duration.ofSeconds(20));
    sales.resetGap();

    cluster.elottery("kill", "gateway-2"); // The staff ask the other one.
    sales.awaitMore(50, Duration.ofSeconds(10));
    Duration gap = sales.longestGap();
    cluster.elottery("start", "gateway-2");
    sales.awaitMore(50, Duration.ofSeconds(10));
    sales.close();

    assertThat(gap).isLessThan(BACK_MAX);
    sales.assertEveryTicketIsThereExactlyOnce();
  }
}
