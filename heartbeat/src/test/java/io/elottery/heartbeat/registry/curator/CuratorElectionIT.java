package io.elottery.heartbeat.registry.curator;

import static io.elottery.foundation.id.Hemisphere.LEFT;
import static io.elottery.foundation.id.Hemisphere.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.RegistryState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real ZooKeeper over TLS. */
final class CuratorElectionIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration WHILE = Duration.ofSeconds(2);

  private final TlsZooKeeper zookeeper;
  private final List<Main> mains = new ArrayList<>();
  private final List<Long> fences = Collections.synchronizedList(new ArrayList<>());

  CuratorElectionIT(@TempDir Path dir) throws Exception {
    this.zookeeper = new TlsZooKeeper(dir);
  }

  @AfterEach
  void close() {
    mains.forEach(Main::close);
    zookeeper.close();
  }

  @Test
  void loneMainLeadsBothAndHandsOneOverWhenAnotherStands() throws Exception {
    Main first = main("main-1", LEFT, RIGHT);
    await().atMost(SOON).until(() -> first.leads(LEFT) && first.leads(RIGHT));

    Main second = main("main-2", RIGHT);

    await().atMost(SOON).until(() -> second.leads(RIGHT));
    assertThat(first.leads(LEFT)).isTrue();
    assertThat(first.leads(RIGHT)).isFalse();
    await().atMost(SOON).until(() -> names(first, RIGHT).equals(List.of("main-1", "main-2")));
    assertThat(names(second, LEFT)).containsExactly("main-1");
    assertThat(fences).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void idleSubstituteGetsTheSeatBeforeTheLeaderOfTheOtherHalf() throws Exception {
    Main first = main("main-1", LEFT, RIGHT);
    Main second = main("main-2", RIGHT, LEFT);
    await().atMost(SOON).until(() -> leaders() == 2);
    Main third = main("main-3", LEFT, RIGHT);
    await().atMost(SOON).until(() -> names(first, LEFT).size() == 3);
    Hemisphere seconds = second.leads(LEFT) ? LEFT : RIGHT;

    second.die();

    await().atMost(SOON).until(() -> third.leads(seconds));
    await().during(WHILE).atMost(SOON).until(() -> first.leads(seconds.other()));
    assertThat(first.leads(seconds)).isFalse();
    assertThat(third.leads(seconds.other())).isFalse();
  }

  @Test
  void resigningHandsTheSeatOverUnderANewerFence() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));
    long before = first.fence(LEFT);
    Main second = main("main-2", LEFT);
    await().atMost(SOON).until(() -> names(first, LEFT).size() == 2);

    first.election.resign(LEFT);

    await().atMost(SOON).until(() -> !first.leads(LEFT));
    await().atMost(SOON).until(() -> second.leads(LEFT));
    assertThat(second.fence(LEFT)).isGreaterThan(before);
    await().atMost(SOON).until(() -> names(first, LEFT).equals(List.of("main-2")));
  }

  @Test
  void losingTheSessionDeposesAndRegainingItElectsUnderANewerFence() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));
    long before = first.fence(LEFT);

    zookeeper.down();
    await().atMost(SOON).until(() -> !first.leads(LEFT));
    assertThat(first.registry.state()).isEqualTo(RegistryState.LOST);
    zookeeper.up();

    await().atMost(SOON).until(() -> first.leads(LEFT));
    assertThat(first.fence(LEFT)).isGreaterThan(before);
  }

  @Test
  void restartedLeaderDoesNotWaitForItsEarlierSessionToEnd() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));

    Main again = main("main-1", LEFT);

    await().atMost(SOON).until(() -> again.leads(LEFT) && !first.leads(LEFT));
  }

  @Test
  void fenceIsAboveWhatAnyServerReports() throws Exception {
    Main first = new Main("main-1", 41);
    first.stand(LEFT);

    await().atMost(SOON).until(() -> first.leads(LEFT));

    assertThat(first.fence(LEFT)).isEqualTo(42);
  }

  @Test
  void theNamedOneGetsTheSeatBeforeAllOthers() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));
    Main second = main("main-2", LEFT);
    await().atMost(SOON).until(() -> names(first, LEFT).size() == 2);
    Main third = main("main-3", LEFT);
    await().atMost(SOON).until(() -> names(first, LEFT).size() == 3);
    long before = first.fence(LEFT);

    assertThat(first.election.handOver(LEFT, NodeId.of("main-3")).get()).isTrue();

    assertThat(first.leads(LEFT)).isFalse();
    await().atMost(Duration.ofSeconds(1)).until(() -> third.leads(LEFT));
    assertThat(third.fence(LEFT)).isGreaterThan(before);
    assertThat(second.leads(LEFT)).isFalse();
    assertThat(second.election.handOver(LEFT, NodeId.of("main-1")).get()).isFalse();
  }

  @Test
  void aNamedOneThatDoesNotStandIsNotWaitedFor() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));

    first.election.handOver(LEFT, NodeId.of("main-3")).get();

    await().atMost(SOON).until(() -> first.leads(LEFT));
  }

  @Test
  void aLeaderThatDoubtsItselfGoesOnUnderANewerFence() throws Exception {
    Main first = main("main-1", LEFT);
    await().atMost(SOON).until(() -> first.leads(LEFT));
    long before = first.fence(LEFT);

    first.election.renew(LEFT);

    await().atMost(SOON).until(() -> first.fence(LEFT) > before);
  }

  private long leaders() {
    return mains.stream().mapToLong(main -> main.leading.size()).sum();
  }

  private Main main(String name, Hemisphere... stands) throws Exception {
    Main main = new Main(name, 0);
    for (Hemisphere hemisphere : stands) {
      main.stand(hemisphere);
    }
    return main;
  }

  private static List<String> names(Main main, Hemisphere hemisphere) {
    return main.election.candidates(hemisphere).stream().map(NodeId::name).sorted().toList();
  }

  private final class Main implements ElectionListener {
    private final CuratorRegistry registry;
    private final CuratorElection election;
    private final Map<Hemisphere, Long> leading = new ConcurrentHashMap<>();

    Main(String name, long highestFence) throws Exception {
      registry = new CuratorRegistry(zookeeper.configOf(name, "main"));
      election =
          new CuratorElection(registry, NodeId.of(name), new SystemTime(), () -> highestFence);
      mains.add(this);
      registry.start();
      election.start();
    }

    void stand(Hemisphere hemisphere) {
      election.stand(hemisphere, this);
    }

    boolean leads(Hemisphere hemisphere) {
      return leading.containsKey(hemisphere);
    }

    long fence(Hemisphere hemisphere) {
      return leading.getOrDefault(hemisphere, 0L);
    }

    /** Ends without giving anything up. */
    void die() {
      leading.clear();
      registry.close();
    }

    void close() {
      election.close();
      registry.close();
    }

    @Override
    public void elected(Hemisphere hemisphere, long fence) {
      fences.add(fence);
      leading.put(hemisphere, fence);
    }

    @Override
    public void deposed(Hemisphere hemisphere) {
      leading.remove(hemisphere);
    }
  }
}
