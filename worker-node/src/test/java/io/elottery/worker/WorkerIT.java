package io.elottery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.port.FreePort;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.ReceiptSeal;
import io.elottery.reports.order.Order;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five whole workers with their ledgers in one JVM, a fake main, and a gateway's mailroom. */
@Tag("it")
class WorkerIT {
  private static final List<NodeId> ALL =
      List.of(1, 2, 3, 4, 5).stream().map(number -> NodeId.of("worker-" + number)).toList();
  private static final int SHARDS = 4;

  private final Map<NodeId, Map<String, String>> configs = new HashMap<>();
  private final Map<NodeId, Lifecycle> workers = new TreeMap<>();
  private final Set<NodeId> ending = ConcurrentHashMap.newKeySet();
  private Path directory;
  private NettyRuntime runtime;
  private FakeMain main;
  private TestGateway gateway;

  @BeforeEach
  void begin(@TempDir Path temporary) throws Exception {
    directory = temporary;
    runtime = new NettyRuntime(4);
    main = new FakeMain(directory, runtime, ALL, SHARDS);
    Path token = directory.resolve("token");
    OwnerOnlyFiles.writeLine(token, main.token.format());
    for (NodeId id : ALL) {
      configs.put(
          id,
          Map.of(
              "node.name",
              id.name(),
              "node.dir",
              directory.resolve(id.name()).toString(),
              "mains",
              FakeMain.ID + "@" + main.address(),
              "trunk.listen",
              "127.0.0.1:" + FreePort.any(),
              "link.listen",
              "127.0.0.1:" + FreePort.any(),
              "admin.listen",
              "127.0.0.1:0",
              "enrol.token-file",
              token.toString(),
              "reports.interval",
              "500ms"));
      start(id);
    }
    await().until(main::hasSentRoster);
    gateway = new TestGateway(main.keys(TestGateway.ID, Role.GATEWAY), main.roster(), runtime);
  }

  @AfterEach
  void end() {
    gateway.close();
    workers.values().forEach(Lifecycle::close);
    main.close();
    runtime.close();
  }

  @Test
  void writersDieOneAfterTheOtherAndNoTicketIsLostOrDoubled() throws Exception {
    Seller seller = new Seller(gateway);
    List<Receipt> receipts = new ArrayList<>(sell(seller, "before", 200));

    NodeId first = gateway.writer(seller.actorKey()).orElseThrow();
    List<CompletableFuture<Receipt>> during = begin(seller, "during", 200);
    worker(first).close();
    during.forEach(receipt -> receipts.add(receipt.join()));
    receipts.addAll(sell(seller, "after", 50));
    NodeId second = gateway.writer(seller.actorKey()).orElseThrow();
    assertThat(second).isNotEqualTo(first);

    start(first);
    worker(second).close();
    receipts.addAll(sell(seller, "second", 50));

    assertSold(seller, receipts);
  }

  @Test
  void allWorkersRestartAndEveryTicketIsThere() throws Exception {
    Seller seller = new Seller(gateway);
    List<Receipt> receipts = sell(seller, "before", 100);

    for (NodeId id : ALL) {
      worker(id).close();
    }
    // Without main too: roster, ring and keys are on the workers' disks.
    main.close();
    for (NodeId id : ALL) {
      start(id);
    }

    assertSold(seller, receipts);
    assertThat(seller.buy("before-7").get()).isEqualTo(receipts.get(7));
  }

  @Test
  void wagersInAnotherBranchAreWholeThoughBothWritersDie() throws Exception {
    Seller home = new Seller(gateway, BranchId.of("TOR"));
    Seller away = new Seller(gateway, BranchId.of("OTW"));
    List<TicketId> tickets = new ArrayList<>();
    tickets.add(home.reserve("first", away).get());
    await().until(() -> home.receipt(tickets.get(0)).isPresent());

    NodeId awayWriter = gateway.writer(away.actorKey()).orElseThrow();
    NodeId homeWriter = gateway.writer(home.actorKey()).orElseThrow();
    List<CompletableFuture<TicketId>> asked = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      asked.add(home.reserve("k-" + i, away));
    }
    worker(awayWriter).close();
    for (CompletableFuture<TicketId> ticket : asked) {
      tickets.add(ticket.get());
    }
    if (!homeWriter.equals(awayWriter)) {
      worker(homeWriter).close();
    }

    for (TicketId ticket : tickets) {
      await().until(() -> home.receipt(ticket).isPresent());
    }
    assertThat(away.sold()).isEqualTo(tickets.size());
    assertThat(home.abroad()).isEqualTo(tickets.size() * Seller.STAKE);
    assertThat(away.abroad()).isEqualTo(-tickets.size() * Seller.STAKE);
    Receipt first = home.receipt(tickets.get(0)).orElseThrow();
    ReceiptSeal seal = first.seal().orElseThrow();
    assertThat(verifies(seal.key(), first.signedText(seal.key()), seal.signature())).isTrue();
  }

  @Test
  void receiptsAreSignedByTheShardsKey() throws Exception {
    Seller seller = new Seller(gateway);

    Receipt receipt = seller.buy("signed").get();

    ReceiptSeal seal = receipt.seal().orElseThrow();
    assertThat(verifies(seal.key(), receipt.signedText(seal.key()), seal.signature())).isTrue();
  }

  @Test
  void withoutTokenAndCertificateTheReasonIsSaid() throws Exception {
    Map<String, String> config = new HashMap<>(Objects.requireNonNull(configs.get(ALL.get(0))));
    config.remove("enrol.token-file");
    config.put("node.dir", directory.resolve("fresh").toString());

    assertThatThrownBy(() -> WorkerAssembly.of(ConfigSource.of(config), runtime, () -> {}))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("enrol.token-file is missing");
  }

  @Test
  void removedWorkerEndsAndDoesNotStartAgainFromItsDirectory() throws Exception {
    NodeId leaver = ALL.get(2);
    ending.add(leaver);

    main.order(
            leaver, new Order(1, Hemisphere.LEFT, 9, Order.Kind.REMOVE, leaver, "P-1: it is sold"))
        .get();

    await().until(ending::isEmpty);
    worker(leaver).close();
    assertThatThrownBy(() -> start(leaver))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("worker-3 was removed from the network (P-1: it is sold)");
  }

  private void assertSold(Seller seller, List<Receipt> receipts) throws Exception {
    List<String> sold = receipts.stream().map(receipt -> receipt.ticket().toString()).toList();
    assertThat(seller.tickets()).containsExactlyInAnyOrderElementsOf(sold).doesNotHaveDuplicates();
    assertThat(receipts.stream().map(Receipt::position)).doesNotHaveDuplicates();
  }

  private static List<Receipt> sell(Seller seller, String name, int count) {
    return begin(seller, name, count).stream().map(CompletableFuture::join).toList();
  }

  private static List<CompletableFuture<Receipt>> begin(Seller seller, String name, int count) {
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(seller.buy(name + "-" + i));
    }
    return receipts;
  }

  private void start(NodeId id) throws Exception {
    Lifecycle worker =
        WorkerAssembly.of(
            ConfigSource.of(Objects.requireNonNull(configs.get(id))),
            runtime,
            () -> {
              if (!ending.remove(id)) {
                throw new AssertionError(id + " met a fault");
              }
            });
    worker.start();
    workers.put(id, worker);
  }

  private Lifecycle worker(NodeId id) {
    return Objects.requireNonNull(workers.get(id));
  }

  private static boolean verifies(Octets key, byte[] text, Octets signature) throws Exception {
    // The fixed head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4).
    byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + key.hex());
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(text);
    return verifier.verify(signature.toBytes());
  }
}
