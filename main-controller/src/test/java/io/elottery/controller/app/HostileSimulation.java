package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.peers.EnrolRelay;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.peers.VaultGift;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.simulation.Corpus;
import io.elottery.foundation.simulation.LiveHeap;
import io.elottery.foundation.simulation.LogLines;
import io.elottery.foundation.simulation.Mutations;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.pieces.Giver;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.Party;
import io.elottery.reports.triage.Overdue;
import io.elottery.reports.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forged messages at all desks of a main: nothing is thrown (the wire fails the test at any fault),
 * nothing grows, the log is not filled, and the network is led as before. More with {@code
 * -Dseeds=}.
 */
class HostileSimulation {
  private static final int MESSAGES = Integer.getInteger("seeds", 8_000);
  private static final Duration CALM = Duration.ofSeconds(15);
  private static final long GROWTH_MAX = 4L << 20; // much less than is sent meanwhile

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  private final Mutations mutations = new Mutations(Long.getLong("seed", 1));

  @BeforeEach
  void begin() throws Exception {
    town = new Town(directory.resolve("town"), NewVault.make(directory, Map.of()));
    for (String main : Town.MAINS) {
      town.bringUp(main);
    }
    for (String worker : Town.workerNames()) {
      town.bringUp(worker);
    }
    town.wire.pass(CALM);
  }

  @Test
  void strangersAndServersThatForgeChangeNothing() {
    Town.Main left = main("main-1");
    List<Envelope> valid = valid(left);
    List<Peer> forgers =
        List.of(
            worker("worker-1"),
            worker("worker-99"),
            new Peer(NodeId.of("joining-1"), Role.JOINING),
            new Peer(NodeId.of("web-1"), Role.GATEWAY),
            new Peer(NodeId.of("auditor-1"), Role.AUDITOR),
            new Peer(NodeId.of("staff-1"), Role.STAFF));
    int kept = town.registry.values.size();
    long heap = 0;
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < MESSAGES; i++) {
        heap = i == MESSAGES / 2 ? keptNow() : heap;
        hear(left, mutations.pick(forgers), mutations.of(mutations.pick(valid)));
        if (i % 100 == 0) {
          town.wire.pass(Duration.ofMillis(20));
        }
      }
      town.wire.pass(Duration.ofSeconds(5));

      assertThat(log.count()).as("lines logged").isLessThan(MESSAGES / 10);
      assertThat(log.longest()).as("longest line").isLessThan(20_000);
    }
    assertThat(keptNow() - heap).as("bytes more in the heap").isLessThan(GROWTH_MAX);
    assertThat(left.station.board.rejections().count()).isGreaterThan(MESSAGES / 4);
    assertThat(town.registry.values.size() - kept).as("records").isLessThan(20);
    assertThat(town.leaderships).containsEntry("LEFT 1", "main-1");
    assertThat(town.broken).isEmpty();
  }

  @Test
  void aMainThatForgesBreaksNoOther() {
    Town.Main left = main("main-1");
    List<Envelope> valid = valid(left);
    Peer other = new Peer(NodeId.of("main-2"), Role.MAIN);
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < MESSAGES / 2; i++) {
        hear(left, other, mutations.of(mutations.pick(valid)));
        if (i % 100 == 0) {
          town.wire.pass(Duration.ofMillis(20));
        }
      }
      town.wire.pass(Duration.ofSeconds(5));

      assertThat(log.longest()).as("longest line").isLessThan(20_000);
    }
    assertThat(left.station.board.rejections().count()).isPositive();
  }

  @Test
  void theCorpusIsRefused() {
    Town.Main left = main("main-1");
    List<Peer> peers =
        List.of(
            worker("worker-1"),
            new Peer(NodeId.of("joining-1"), Role.JOINING),
            new Peer(NodeId.of("web-1"), Role.GATEWAY),
            new Peer(NodeId.of("auditor-1"), Role.AUDITOR),
            new Peer(NodeId.of("main-2"), Role.MAIN));
    for (Corpus.Entry entry : Corpus.read(getClass(), "/hostile/main.txt")) {
      long before = left.station.board.rejections().count();
      for (Peer peer : peers) {
        hear(left, peer, entry.envelope());
        hear(left, peer, call(entry.envelope()));
      }
      town.wire.pass(Duration.ofMillis(20));

      long refused = left.station.board.rejections().count() - before;
      assertThat(refused).as(entry.why()).isEqualTo(2L * peers.size());
    }
  }

  // The wire remembers what came, for the tests: that is not the servers' own.
  private long keptNow() {
    town.wire.pass(CALM);
    town.mains.values().forEach(main -> main.station.inbox.clear());
    town.workers.values().forEach(worker -> worker.station.inbox.clear());
    return LiveHeap.bytes();
  }

  private Town.Main main(String name) {
    return Optional.ofNullable(town.mains.get(name)).orElseThrow();
  }

  private static Peer worker(String name) {
    return new Peer(NodeId.of(name), Role.WORKER);
  }

  private static void hear(Town.Main main, Peer from, Envelope envelope) {
    main.station.loop.post(() -> main.station.board.received(from, envelope));
  }

  // What really came to mains until now, and what seldom comes.
  private List<Envelope> valid(Town.Main left) {
    List<Envelope> valid = new ArrayList<>();
    for (Town.Main main : town.mains.values()) {
      valid.addAll(main.station.inbox.stream().limit(400).toList());
    }
    Report own = report(NodeId.of("worker-1"));
    valid.addAll(
        Stream.of(
                own.envelope(),
                report(NodeId.of("worker-2")).relayed(NodeId.of("worker-1")).envelope(),
                new Party("AUDITOR-1", new byte[32]).envelope(),
                renewal().toEnvelope(),
                staff("GET", "/servers"),
                staff("POST", "/sessions"),
                new Envelope(ReportsKinds.NETWORK, 1, new byte[0]),
                new Overdue(NodeId.of("worker-2"), true).envelope(),
                new EnrolRelay(worker("worker-1"), renewal().toEnvelope()).envelope(),
                new VaultGift("piece", new Giver("somebody", Optional.of(Hemisphere.LEFT)))
                    .envelope(),
                new Envelope(
                    MainKinds.AUDIT_ENTRY,
                    1,
                    new WireWriter()
                        .text("who")
                        .text("")
                        .text("what")
                        .text("target")
                        .text("")
                        .text("DONE")
                        .toBytes()))
            .flatMap(envelope -> Stream.of(envelope, call(envelope), call(envelope)))
            .toList());
    valid.add(new Envelope(MainKinds.REPORT_COPY, 2, own.pack()));
    return valid;
  }

  private static EnrolRequest renewal() {
    return EnrolRequest.renewing(NodeId.of("worker-1"), Role.WORKER, new byte[300]);
  }

  private static Envelope staff(String method, String path) {
    String json =
        "{\"token\":\"nobody's\",\"method\":\"%s\",\"path\":\"/api/v1%s\",\"query\":{\"a\":\"b\"},"
            + "\"body\":{\"name\":\"x\",\"password\":\"y\"}}";
    return new Envelope(
        KeyvaultKinds.STAFF_CALL, 1, json.formatted(method, path).getBytes(StandardCharsets.UTF_8));
  }

  private Report report(NodeId worker) {
    return new Report(
        worker,
        1,
        1,
        town.wire.now(),
        Priority.CRITICAL,
        true,
        false,
        Verdict.UP,
        List.of("something happened"),
        Load.NONE,
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Envelope call(Envelope inner) {
    byte[] body =
        new WireWriter()
            .u8(0)
            .i64(7)
            .u16(inner.kind())
            .u8(inner.version())
            .raw(inner.body())
            .toBytes();
    return new Envelope(Switchboard.REQUEST, 1, body);
  }
}
