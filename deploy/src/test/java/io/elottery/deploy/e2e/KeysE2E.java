package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/security-officer.md} walks through, on real processes while tickets are sold: a
 * quarterly rotation, one with servers dying in the middle, a stolen worker, new neighbours.
 */
@Tag("e2e")
final class KeysE2E {
  private static final Duration ROTATION_MAX = Duration.ofMinutes(2);
  private static final Duration STARTED_MAX = Duration.ofSeconds(90);

  private static LocalCluster cluster;
  private static Officers officers;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = LocalCluster.get();
    officers = new Officers(cluster);
    officers.awaitSettled(STARTED_MAX);
  }

  @Test
  void quarterlyRotationLosesNoTicketAndRaisesNoSuspicion() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    TreeMap<String, Integer> before = officers.epochs();
    Sales sales = Sales.start(cluster.site(), draw, 4);
    sales.awaitMore(50, Duration.ofSeconds(20));
    try (Watch watch = new Watch()) {
      for (int round = 0; round < 3; round++) {
        officers.approve(officers.propose("keys", "rotate", "--all"));
      }
      officers.awaitSettled(ROTATION_MAX);
      assertThat(watch.verdicts()).containsExactly("UP");
    }
    sales.awaitMore(50, Duration.ofSeconds(20));
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
    for (Map.Entry<String, Integer> link : officers.epochs().entrySet()) {
      assertThat(link.getValue())
          .as(link.getKey())
          .isEqualTo(before.getOrDefault(link.getKey(), 0) + 3);
    }
  }

  @Test
  void rotationWithAWorkerAndTheLeaderKilledInTheMiddleEndsConsistently() throws Exception {
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    Sales sales = Sales.start(cluster.site(), draw, 2);
    sales.awaitMore(20, Duration.ofSeconds(20));
    String leader = cluster.network().path("hemispheres").path("LEFT").path("leader").asText();
    officers.approveOnly(officers.propose("keys", "rotate", "--all"));

    cluster.elottery("kill", "worker-5");
    cluster.elottery("kill", leader);
    cluster.elottery("start", "worker-5");
    cluster.elottery("start", leader);
    cluster.awaitVerdict("worker-5", "UP", STARTED_MAX);
    officers.awaitSettled(ROTATION_MAX);
    sales.awaitMore(20, Duration.ofSeconds(20));
    sales.close();

    sales.assertEveryTicketIsThereExactlyOnce();
    officers.approve(officers.propose("keys", "rotate", "--all"));
    officers.awaitSettled(ROTATION_MAX);
  }

  @Test
  void stolenWorkerIsCutByOneOfficerAndComesBackByTwo() throws Exception {
    JsonNode cut =
        officers.as(
            "officer1", "keys", "cut", "--worker", "worker-6", "--reason", "the machine is gone");
    for (JsonNode end : cut.path("ends")) {
      assertThat(end.path("state").asText()).as(cut.toString()).isEqualTo("CLOSED");
    }
    String id = cut.path("id").asText();

    officers.as("officer2", "keys", "confirm", id);
    officers.approve(officers.as("officer1", "keys", "lift", id).path("id").asText());

    officers.awaitSettled(ROTATION_MAX);
    cluster.awaitVerdict("worker-6", "UP", STARTED_MAX);
  }

  @Test
  void strangersBecomeNeighboursUnderAFreshKeyAndStrangersAgain() throws Exception {
    officers.approve(
        officers.as("officer1", "servers", "link", "worker-1", "worker-3").path("id").asText());
    officers.awaitSettled(ROTATION_MAX);
    assertThat(officers.epochs()).containsKey("worker-1~worker-3/neighbour");

    officers.approve(
        officers.as("officer1", "servers", "unlink", "worker-1", "worker-3").path("id").asText());
    long began = System.nanoTime();
    while (officers.epochs().containsKey("worker-1~worker-3/neighbour")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ROTATION_MAX);
      Pause.millis(500);
    }
  }

  @Test
  void auditTrailVerifiesOfflineAndOneChangedByteIsFound(@TempDir Path directory) throws Exception {
    Path export = directory.resolve("audit.json");
    officers.as("auditor", "audit", "export", "--to", export.toString());

    cluster.elottery("audit", "verify", export.toString());
    String text = Files.readString(export);
    Files.writeString(export, text.replaceFirst("officer1", "officer2"));
    assertThat(cluster.exitOf("audit", "verify", export.toString())).isEqualTo(6);
  }

  /** Looks at every verdict without pause. */
  private static final class Watch implements AutoCloseable {
    private final ConcurrentSkipListSet<String> verdicts = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::look, "watch of verdicts");
    private volatile boolean looking = true;

    Watch() {
      thread.setDaemon(true);
      thread.start();
    }

    private void look() {
      while (looking) {
        try {
          for (JsonNode worker : cluster.network().path("workers")) {
            verdicts.add(worker.path("verdict").asText());
          }
          Pause.millis(100);
        } catch (IOException away) {
          verdicts.add(away.toString());
        } catch (InterruptedException stopped) {
          return;
        }
      }
    }

    List<String> verdicts() {
      return new ArrayList<>(verdicts);
    }

    @Override
    public void close() throws InterruptedException {
      looking = false;
      thread.join(5_000);
    }
  }
}
