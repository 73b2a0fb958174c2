package io.elottery.heartbeat.registry.curator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.heartbeat.registry.RegistryConfig;
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.seats.SeatView;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real ZooKeeper over TLS. */
final class CuratorRegistryIT {
  private static final NodeId MAIN_1 = NodeId.of("main-1");
  private static final NodeId MAIN_2 = NodeId.of("main-2");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TlsZooKeeper zookeeper;
  private final List<CuratorRegistry> opened = new ArrayList<>();

  CuratorRegistryIT(@TempDir Path dir) throws Exception {
    this.zookeeper = new TlsZooKeeper(dir);
  }

  @AfterEach
  void close() {
    opened.forEach(CuratorRegistry::close);
    zookeeper.close();
  }

  @Test
  void whatOneMainWritesTheOtherReads() throws Exception {
    CuratorRegistry first = connected("main-1");
    CuratorRegistry second = connected("main-2");
    long fence = fence(first, Hemisphere.LEFT, MAIN_1, 0);

    first.write("placement/shard-3", bytes("one"), fence).get();
    first.write("placement/shard-3", bytes("two"), fence).get();

    RegistryEntry read = second.read("placement/shard-3").get().orElseThrow();
    assertThat(read.value()).isEqualTo(bytes("two"));
    assertThat(read.fence()).isEqualTo(fence);
    assertThat(second.read("placement/shard-4").get()).isEmpty();
    assertThat(second.children("placement").get()).containsExactly("shard-3");
    assertThat(second.children("nothing").get()).isEmpty();
  }

  @Test
  void createReplaceAndDeleteSayWhatCameOfThem() throws Exception {
    CuratorRegistry registry = connected("main-1");
    long fence = fence(registry, Hemisphere.LEFT, MAIN_1, 0);

    assertThat(registry.create("sealed/a", bytes("one"), fence).get()).isTrue();
    assertThat(registry.create("sealed/a", bytes("two"), fence).get()).isFalse();
    assertThat(registry.replace("sealed/a", bytes("three"), 0, fence).get()).isTrue();
    assertThat(registry.replace("sealed/a", bytes("four"), 0, fence).get()).isFalse();
    assertThat(registry.replace("sealed/b", bytes("four"), 0, fence).get()).isFalse();
    assertThat(registry.read("sealed/a").get().orElseThrow().value()).isEqualTo(bytes("three"));
    registry.delete("sealed/a", fence).get();
    registry.delete("sealed/a", fence).get();
    assertThat(registry.read("sealed/a").get()).isEmpty();
  }

  @Test
  void newerFenceStopsTheOlderOneOfItsHemisphereOnly() throws Exception {
    CuratorRegistry first = connected("main-1");
    CuratorRegistry second = connected("main-2");
    long left = fence(first, Hemisphere.LEFT, MAIN_1, 0);
    long right = fence(first, Hemisphere.RIGHT, MAIN_1, 0);
    first.write("verdicts/w", bytes("before"), left).get();

    long newer = fence(second, Hemisphere.LEFT, MAIN_2, 0);

    assertThat(newer).isGreaterThan(right).isGreaterThan(left);
    assertThatThrownBy(() -> first.write("verdicts/w", bytes("after"), left).get())
        .hasCauseInstanceOf(FenceOutdated.class);
    assertThatThrownBy(() -> first.create("verdicts/x", bytes("after"), left).get())
        .hasCauseInstanceOf(FenceOutdated.class);
    assertThatThrownBy(() -> second.write("verdicts/w", bytes("after"), left).get())
        .hasCauseInstanceOf(FenceOutdated.class);
    assertThat(second.read("verdicts/w").get().orElseThrow().value()).isEqualTo(bytes("before"));
    first.write("verdicts/w", bytes("by right"), right).get();
    second.write("verdicts/w", bytes("by left"), newer).get();
  }

  @Test
  void fencesAreUniqueWhenManyAskAtOnceAndRiseAboveWhatServersReport() throws Exception {
    CuratorRegistry first = connected("main-1");
    CuratorRegistry second = connected("main-2");

    List<CompletableFuture<Long>> asked =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    taken(
                        new CuratorSeats(i % 2 == 0 ? first : second, i % 2 == 0 ? MAIN_1 : MAIN_2),
                        i % 3 == 0 ? Hemisphere.LEFT : Hemisphere.RIGHT,
                        0))
            .toList();

    assertThat(asked.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
    assertThat(fence(first, Hemisphere.LEFT, MAIN_1, 1_000)).isEqualTo(1_001);
    assertThat(fence(second, Hemisphere.LEFT, MAIN_1, 7)).isEqualTo(1_002);
  }

  @Test
  void watchTellsOfChangesUnderItAlsoAfterAReconnect() throws Exception {
    CuratorRegistry first = connected("main-1");
    CuratorRegistry second = connected("main-2");
    long fence = fence(first, Hemisphere.LEFT, MAIN_1, 0);
    AtomicInteger told = new AtomicInteger();
    Runnable end = second.watch("rosters", told::incrementAndGet);
    await().atMost(SOON).until(() -> told.get() > 0);

    int before = told.get();
    first.write("rosters/now", bytes("one"), fence).get();
    await().atMost(SOON).until(() -> told.get() > before);
    end.run();
  }

  @Test
  void stateFollowsTheServerAndWorkGoesOnWhenItIsBack() throws Exception {
    CuratorRegistry registry = connected("main-1");
    List<RegistryState> states = java.util.Collections.synchronizedList(new ArrayList<>());
    registry.onState(states::add);
    long fence = fence(registry, Hemisphere.LEFT, MAIN_1, 0);

    zookeeper.down();
    await().atMost(SOON).until(() -> registry.state() == RegistryState.LOST);
    zookeeper.up();
    await().atMost(SOON).until(() -> registry.state() == RegistryState.CONNECTED);

    assertThat(states)
        .containsExactly(RegistryState.SUSPENDED, RegistryState.LOST, RegistryState.CONNECTED);
    registry.write("a/b", bytes("c"), fence).get();
  }

  @Test
  void aWriteOutlivesAServerThatIsGoneForSomeSeconds() throws Exception {
    CuratorRegistry registry = connected("main-1");
    long fence = fence(registry, Hemisphere.LEFT, MAIN_1, 0);
    registry.write("a/b", bytes("before"), fence).get();

    zookeeper.down();
    CompletableFuture<Void> first = registry.write("a/b", bytes("first"), fence);
    CompletableFuture<Void> second = registry.write("a/b", bytes("second"), fence);
    CompletableFuture<Void> gone = registry.delete("a/c", fence);
    await().during(Duration.ofSeconds(6)).atMost(SOON).until(() -> !first.isDone());
    zookeeper.up();

    first.get();
    second.get();
    gone.get();
    assertThat(registry.read("a/b").get().orElseThrow().value()).isEqualTo(bytes("second"));
  }

  @Test
  void strangersWorkersAndPlainTextAreShutOut() throws Exception {
    CuratorRegistry main = connected("main-1");
    CuratorRegistry stranger = opened(zookeeper.strangersConfig("main-2"));
    CuratorRegistry worker = opened(zookeeper.configOf("worker-1", "worker"));
    CuratorRegistry unlisted = opened(zookeeper.configOf("main-9", "main"));
    long fence = fence(main, Hemisphere.LEFT, MAIN_1, 0);
    main.write("sealed/x", bytes("secret"), fence).get();

    try (Socket plain = new Socket("127.0.0.1", zookeeper.port())) {
      plain.setSoTimeout(5_000);
      plain.getOutputStream().write(bytes("stat\n\0\0\0\0\0\0\0\0\0\0\0\0"));
      byte[] answer = plain.getInputStream().readNBytes(64);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("Zookeeper");
    }
    await()
        .during(Duration.ofSeconds(2))
        .atMost(SOON)
        .until(
            () ->
                stranger.state() == RegistryState.LOST
                    && worker.state() != RegistryState.CONNECTED);
    await().atMost(SOON).until(() -> unlisted.state() == RegistryState.CONNECTED);
    assertThatThrownBy(() -> unlisted.read("sealed/x").get()).hasMessageContaining("NoAuth");
  }

  private CuratorRegistry connected(String node) throws Exception {
    CuratorRegistry registry = opened(zookeeper.configOf(node, "main"));
    await().atMost(SOON).until(() -> registry.state() == RegistryState.CONNECTED);
    return registry;
  }

  private CuratorRegistry opened(RegistryConfig config) {
    CuratorRegistry registry = new CuratorRegistry(config);
    opened.add(registry);
    registry.start();
    return registry;
  }

  /** Takes the seat even from another, as after its session ended. */
  private static long fence(CuratorRegistry registry, Hemisphere half, NodeId who, long atLeast) {
    return taken(new CuratorSeats(registry, who), half, atLeast).join();
  }

  private static CompletableFuture<Long> taken(CuratorSeats seats, Hemisphere half, long atLeast) {
    return seats
        .look(half)
        .thenCompose(seen -> seats.take(half, unheld(seen), atLeast))
        .thenCompose(
            fence ->
                fence.isPresent()
                    ? CompletableFuture.completedFuture(fence.getAsLong())
                    : taken(seats, half, atLeast));
  }

  private static SeatView unheld(SeatView seen) {
    return seen.holder() == SeatView.Holder.OTHER
        ? new SeatView(
            SeatView.Holder.SELF, seen.candidates(), seen.named(), seen.count(), seen.mark())
        : seen;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
