package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.LiveHeap;
import io.elottery.foundation.simulation.LogLines;
import io.elottery.foundation.simulation.Mutations;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.impulse.Impulse;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.revocation.RevocationList;
import io.elottery.keyvault.secret.Secret;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.triage.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forged messages over real trunks and links to real workers. More with {@code -Dseeds=}. */
@Tag("it")
class HostileIT {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final int MESSAGES = Integer.getInteger("seeds", 1_000);
  // Of whole workers with links and trunks: less than is sent, however much that is (-Dseeds=).
  private static final long GROWTH_MAX = 20L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Envelope PROBE =
      new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]);

  private final Mutations mutations = new Mutations(Long.getLong("seed", 1));
  private WorkerTown town;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    town = new WorkerTown(temporary, List.of(ONE, TWO, NodeId.of("worker-3")));
    town.awaitLinks();
  }

  @AfterEach
  void end() {
    town.close();
  }

  @Test
  void whatANeighbourOrAMainForgesIsRefusedAndCounted() {
    List<Envelope> ofNeighbours = called(town.main.roster().envelope(), PROBE, report());
    List<Envelope> ofMains = called(PROBE, order(), lead(), ask(), step(), receipt(), revoked());
    Transport impulses = town.worker(TWO).links().impulses();
    Transport work = town.worker(TWO).links().work(Purpose.NEIGHBOUR);

    long heap = LiveHeap.bytes();
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < MESSAGES; i++) {
        impulses.send(ONE, mutations.of(impulse()));
        work.send(ONE, mutations.of(mutations.pick(ofNeighbours)));
        town.main.send(ONE, mutations.of(mutations.pick(ofMains)));
      }
      await()
          .atMost(PATIENCE)
          .ignoreExceptions() // it has much to read before
          .until(() -> town.main.call(ONE, PROBE).get().kind() == ReportsKinds.PROBED);
      await().until(() -> rejected("impulses") > 0 && rejected("links") > 0);

      // What is still on its way is kept for a while.
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> LiveHeap.bytes() - heap < GROWTH_MAX);
      assertThat(log.count()).as("lines logged").isLessThan(MESSAGES);
      assertThat(log.longest()).as("longest line").isLessThan(20_000);
    }
    assertThat(rejected("trunks")).isPositive();
    await().until(() -> town.main.last(ONE).isPresent());
  }

  private double rejected(String at) {
    return Objects.requireNonNull(town.meters.get(ONE))
        .find("elottery.foundation.messages.rejected")
        .tag("at", at)
        .functionCounters()
        .stream()
        .mapToDouble(each -> each.count())
        .sum();
  }

  private static Envelope impulse() {
    return new Impulse(1L << 40, 1L << 41, 0, true, false, 0, Duration.ZERO).full();
  }

  private static Envelope report() {
    return new Envelope(
        ReportsKinds.REPORT,
        ReportsKinds.REPORT_VERSION,
        "{\"format\":\"elottery/report/v1\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope order() {
    return new Order(1, Hemisphere.LEFT, 1, Order.Kind.MOVE_WRITERS, TWO, "a test").envelope();
  }

  private static Envelope lead() {
    return new Lead(Hemisphere.LEFT, FakeMain.ID, 7).envelope();
  }

  private static Envelope ask() {
    return new Question(TWO).envelope();
  }

  private static Envelope step() {
    return KeyStep.of(KeyStep.Step.RETIRE, "worker-1~worker-2/neighbour", 1, 7).toEnvelope();
  }

  private static Envelope receipt() {
    return new ReceiptKeyGrant(0, Secret.of(new byte[32])).toEnvelope();
  }

  private static Envelope revoked() {
    return RevocationList.NONE.toEnvelope();
  }

  // Each one way and as a call.
  private static List<Envelope> called(Envelope... envelopes) {
    return Stream.of(envelopes)
        .flatMap(
            inner ->
                Stream.of(
                    inner,
                    new Envelope(
                        Switchboard.REQUEST,
                        1,
                        new WireWriter()
                            .u8(0)
                            .i64(1)
                            .u16(inner.kind())
                            .u8(inner.version())
                            .raw(inner.body())
                            .toBytes())))
        .toList();
  }
}
