package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers whose heap is full of tickets refuse wagers, and nothing else, until they have more. Real
 * processes with small heaps: {@code mvn -Pchaos verify -Dit.test=FullHeapE2E}.
 */
@Tag("e2e")
@Tag("chaos")
final class FullHeapE2E {
  private static final int WORKERS = 5;
  private static final int BUYERS = 16;
  // A bound on waiting beside ten other processes, not a promise.
  private static final Duration LONG = Duration.ofMinutes(10);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path root;

  @SuppressWarnings("NullAway.Init")
  private static LocalCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    System.setProperty("elottery.worker.opts", "-Xmx" + Integer.getInteger("heap", 72) + "m");
    Path directory = root.resolve("network");
    LocalCluster.run(
        LONG,
        "init",
        "--dir",
        directory.toString(),
        "--workers",
        "" + WORKERS,
        "--gateways",
        "1",
        "--port",
        "0");
    rich(directory.resolve("gateway-1").resolve("web.yaml"));
    LocalCluster.up(directory, LONG);
    cluster = new LocalCluster(directory);
  }

  // So that nobody's money ends before the heap does.
  private static void rich(Path config) throws IOException {
    String text = Files.readString(config);
    assertThat(text).contains("10000.00");
    Files.writeString(config, text.replace("10000.00", "10000000.00"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    System.clearProperty("elottery.worker.opts");
    LocalCluster.run(LONG, "down", "--dir", root.resolve("network").toString());
  }

  @Test
  void wagersAreRefusedUntilThereIsRoomAndAllElseGoesOn() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(3));
    Site site = cluster.site();
    Sales.SignedUp one = Sales.signUp(site, "TOR");
    String first = ticket(buy(site, draw, one));
    try (Sales sales = Sales.start(site, draw, BUYERS)) {
      awaitFull();
      long sold = sales.acknowledged();
      Site.Reply refused = awaitRefused(site, draw, one);
      System.out.printf("full after %d tickets: %s%n", sold, refused.text());
      assertThat(refused.json().path("detail").asText()).contains("memory full on worker-");
      assertThat(refused.headers()).containsKey("Retry-After");
      assertThat(site.get("/api/v1/tickets/" + first, one.token()).status()).isEqualTo(200);
      assertThat(cancel(site, first, one).status()).isEqualTo(200);

      System.clearProperty("elottery.worker.opts");
      cluster.elottery("kill", "worker-1", "worker-2", "worker-3", "worker-4", "worker-5");
      cluster.elottery("start", "worker-1", "worker-2", "worker-3", "worker-4", "worker-5");
      sales.awaitMore(100, LONG);
      sales.close();
      sales.assertEveryTicketIsThereExactlyOnce();
    }
  }

  private static Site.Reply buy(Site site, String draw, Sales.SignedUp one) throws IOException {
    return site.buy(draw, one.token(), UUID.randomUUID().toString(), "{\"quickPick\":1}");
  }

  private static String ticket(Site.Reply bought) {
    assertThat(bought.status()).as(bought.text()).isEqualTo(201);
    return bought.json().path("ticket").asText();
  }

  private static void awaitFull() throws Exception {
    long began = System.nanoTime();
    while (!cluster.troubles().contains("MEMORY_FULL")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
      Pause.millis(500);
    }
  }

  // Another than the writer may be full first.
  private static Site.Reply awaitRefused(Site site, String draw, Sales.SignedUp one)
      throws Exception {
    long began = System.nanoTime();
    Site.Reply reply = buy(site, draw, one);
    while (reply.status() != 507) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(reply.text()).isLessThan(LONG);
      Pause.millis(20);
      reply = buy(site, draw, one);
    }
    return reply;
  }

  private static Site.Reply cancel(Site site, String ticket, Sales.SignedUp one)
      throws IOException {
    return site.send("DELETE", "/api/v1/tickets/" + ticket, one.token(), null, Map.of());
  }
}
