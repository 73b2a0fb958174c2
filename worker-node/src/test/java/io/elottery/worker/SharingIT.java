package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.port.FreePort;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.reports.order.Order;
import io.elottery.reports.report.Report;
import io.elottery.reports.report.ShardReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work is shared over real links, ledgers and disks: one worker has it all, and more than it can.
 */
@Tag("it")
class SharingIT {
  private static final List<NodeId> ALL =
      List.of(1, 2, 3, 4, 5).stream().map(number -> NodeId.of("worker-" + number)).toList();
  private static final NodeId ONE = ALL.get(0);
  private static final int SHARDS = 4;
  private static final int IN_FLIGHT = 1_000;
  private static final Duration SOON = Duration.ofSeconds(30); // A bound, not the promise.
  private static final Duration RELIEVED = Duration.ofSeconds(10);

  private final List<Lifecycle> workers = new ArrayList<>();
  private NettyRuntime runtime;
  private FakeMain main;
  private TestGateway gateway;
  private long orders;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Queue<String> sold = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    runtime = new NettyRuntime(4);
    main = new FakeMain(directory, runtime, ALL, SHARDS);
    Path token = directory.resolve("token");
    OwnerOnlyFiles.writeLine(token, main.token.format());
    for (NodeId id : ALL) {
      Map<String, String> config =
          Map.ofEntries(
              Map.entry("node.name", id.name()),
              Map.entry("node.dir", directory.resolve(id.name()).toString()),
              Map.entry("mains", FakeMain.ID + "@" + main.address()),
              Map.entry("trunk.listen", "127.0.0.1:" + FreePort.any()),
              Map.entry("link.listen", "127.0.0.1:" + FreePort.any()),
              Map.entry("enrol.token-file", token.toString()),
              Map.entry("reports.interval", "200ms"),
              // All five share one processor here: only what waits can tell them apart.
              Map.entry("overload.processor", "0"),
              // Small batches, one after the other: a thousand at once wait on any machine.
              Map.entry("ledger.batch-commands", "8"),
              Map.entry("ledger.batches-under-way", "1"),
              Map.entry("overload.queue-age", "5ms"),
              Map.entry("overload.lasts", "1s"),
              Map.entry("sharing.return-after", "0s"));
      Lifecycle worker =
          WorkerAssembly.of(
              ConfigSource.of(config),
              runtime,
              () -> {
                throw new AssertionError(id + " met a fault");
              });
      worker.start();
      workers.add(worker);
    }
    await().until(main::hasSentRoster);
    gateway = new TestGateway(main.keys(TestGateway.ID, Role.GATEWAY), main.roster(), runtime);
  }

  @AfterEach
  void end() {
    gateway.close();
    workers.forEach(Lifecycle::close);
    main.close();
    runtime.close();
  }

  @Test
  void overloadedWorkerIsRelievedAndNoTicketIsLost() throws Exception {
    Seller seller = new Seller(gateway);
    await().atMost(SOON).until(this::oneWritesAll);
    long began = System.nanoTime();

    // As many under way as it never has in peace, until somebody else writes for them.
    for (int i = 0; i < IN_FLIGHT; i++) {
      buy(seller, "ticket-" + next.getAndIncrement());
    }
    await().atMost(SOON).until(() -> isRelieved(seller) || isLate(began));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    stopped.set(true);
    await().atMost(SOON).until(() -> sold.size() == next.get());

    System.out.printf(
        "SharingIT: relieved after %d ms, %d tickets sold%n", took.toMillis(), sold.size());
    assertThat(took).as("somebody else writes").isLessThan(RELIEVED);
    assertThat(seller.tickets()).containsExactlyInAnyOrderElementsOf(sold).doesNotHaveDuplicates();
  }

  private boolean isRelieved(Seller seller) {
    return gateway.writer(seller.actorKey()).filter(writer -> !writer.equals(ONE)).isPresent();
  }

  private static boolean isLate(long began) {
    return System.nanoTime() - began > RELIEVED.toNanos();
  }

  // One after the other; what was answered busy or is not known is asked again under its key.
  private void buy(Seller seller, String key) {
    seller
        .buy(key)
        .whenComplete(
            (receipt, problem) -> {
              if (problem != null) {
                buy(seller, key);
                return;
              }
              sold.add(receipt.ticket().toString());
              if (!stopped.get()) {
                buy(seller, "ticket-" + next.getAndIncrement());
              }
            });
  }

  // Hands over what it does not write yet, as main may.
  private boolean oneWritesAll() throws Exception {
    int its = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      Optional<NodeId> writer = writer(shard);
      if (writer.filter(ONE::equals).isPresent()) {
        its++;
      } else if (writer.isPresent()) {
        String detail = "shard-" + shard + ">" + ONE;
        main.order(
                writer.get(),
                new Order(
                    ++orders,
                    Hemisphere.LEFT,
                    9,
                    Order.Kind.HAND_OVER,
                    writer.get(),
                    "a test",
                    detail))
            .get();
      }
    }
    return its == SHARDS;
  }

  private Optional<NodeId> writer(int shard) {
    for (NodeId id : ALL) {
      Optional<Report> report = main.last(id);
      if (report.isPresent()
          && report.get().shards().stream()
              .anyMatch(
                  one -> one.shard() == shard && one.role() == ShardReport.ReplicaRole.WRITER)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }
}
