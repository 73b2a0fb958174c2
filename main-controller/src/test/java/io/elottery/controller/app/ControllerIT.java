package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.port.FreePort;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.elottery.keyvault.init.InitPlan;
import io.elottery.keyvault.init.NetworkInit;
import io.elottery.keyvault.seal.KdfCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Three mains and two workers over real trunks with a real ZooKeeper, all in TLS. */
class ControllerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, String> PREFERENCES =
      Map.of("main-1", "left", "main-2", "right", "main-3", "both");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path made;

  @SuppressWarnings("NullAway.Init")
  private static TlsZooKeeper zookeeper;

  private final NettyRuntime runtime = new NettyRuntime(2);
  private final Map<String, Controller> mains = new TreeMap<>();
  private final Map<String, Newcomer> workers = new TreeMap<>();
  private final Map<String, Integer> ports = new TreeMap<>();

  @SuppressWarnings("NullAway.Init")
  private Path network;

  private String root = "";

  // One for all tests: ZooKeeper's server keeps the first authority it sees for as long as the JVM.
  @BeforeAll
  static void make() throws Exception {
    NetworkInit.make(
        made,
        new InitPlan(
            "tests",
            Map.of(
                Role.MAIN, ids("main-1", "main-2", "main-3"),
                Role.WORKER, ids("worker-1", "worker-2", "worker-3"),
                Role.ZOOKEEPER, ids("zookeeper-1")),
            Map.of(),
            2,
            KdfCost.FAST,
            InitPlan.TOKEN_VALIDITY),
        new SecureRandomSource(),
        new SystemTime());
    Files.writeString(
        made.resolve("network.yaml"),
        """
        workers:
          worker-1: { hemisphere: left, neighbours: [worker-2] }
          worker-2: { hemisphere: right }
          worker-3: { hemisphere: right }
        """);
    zookeeper = new TlsZooKeeper(made.resolve("data"), made.resolve("zookeeper-1/stores"));
  }

  @AfterAll
  static void end() {
    zookeeper.close();
  }

  @BeforeEach
  void up(TestInfo test) throws Exception {
    network = directory.resolve("network");
    copy(made, network);
    root = test.getTestMethod().orElseThrow().getName();
    for (String main : PREFERENCES.keySet()) {
      ports.put(main, FreePort.any());
    }
    for (String main : new TreeMap<>(PREFERENCES).keySet()) {
      startMain(main);
    }
    for (String worker : List.of("worker-1", "worker-2", "worker-3")) {
      join(worker, "store of " + worker);
    }
    Awaitility.await().atMost(PATIENCE).until(this::isSettled);
  }

  @AfterEach
  void down() {
    workers.values().forEach(Newcomer::close);
    mains.values().forEach(Controller::close);
    runtime.close();
  }

  @Test
  void theLeaderDiesAndASubstituteGoesOnUnderAHigherFence() throws Exception {
    String dead = status("main-2").at("/hemispheres/LEFT/leader").asText();
    long before = status("main-2").at("/hemispheres/LEFT/fence").asLong();
    String other = dead.equals("main-3") ? "main-2" : "main-3";

    stopMain(dead);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                status(other).at("/hemispheres/LEFT/leader").isTextual()
                    && worker("worker-1").roster.fence() > before);

    assertThat(status(other).at("/hemispheres/LEFT/leader").asText()).isNotEqualTo(dead);
    assertThat(status(other).at("/hemispheres/LEFT/fence").asLong()).isGreaterThan(before);
    assertThat(worker("worker-1").gate.admits(Hemisphere.LEFT, before)).isFalse();
    assertThat(worker("worker-1").roster.ring()).isNotEmpty();
  }

  @Test
  void aDeadWorkerIsDownAndTheOtherIsToldWithTheCause() throws Exception {
    worker("worker-1").close();

    Awaitility.await().atMost(PATIENCE).until(() -> verdict("main-3", "worker-1").equals("DOWN"));

    Awaitility.await().atMost(PATIENCE).until(() -> !worker("worker-2").orders.isEmpty());
    assertThat(worker("worker-2").orders.peek().cause()).contains("refuses connections");
    assertThat(verdict("main-1", "worker-2")).isEqualTo("UP");
  }

  @Test
  void anEmptyDirectoryUnderAKnownNameIsRefused() throws Exception {
    worker("worker-1").close();
    Newcomer wiped = newcomer("worker-1", "an empty store");
    workers.put("worker-1", wiped);
    wiped.start();

    ports.forEach((main, port) -> wiped.dial(main, address(port)));

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> wiped.refusal.filter("OTHER_STORE"::equals).isPresent());
  }

  @Test
  void aTokenIsGoodForOneKeyOnly() throws Exception {
    Path copy = directory.resolve("thief");
    Files.createDirectories(copy);
    Files.copy(network.resolve("worker-1/join.token"), copy.resolve("join.token"));
    Newcomer thief = new Newcomer(copy, "worker-1", "s", runtime);

    assertThatThrownBy(() -> thief.enrol(copy, address(port("main-2")), runtime))
        .hasCauseInstanceOf(JoinRefused.class)
        .hasMessageContaining("ENROLMENT_REFUSED");
  }

  // Everybody is up, knows the same roster with a ring, and both ends hold their link keys.
  private boolean isSettled() throws Exception {
    JsonNode status = status("main-3");
    return status.at("/hemispheres/LEFT/leader").isTextual()
        && status.at("/hemispheres/RIGHT/leader").isTextual()
        && verdict("main-3", "worker-1").equals("UP")
        && verdict("main-3", "worker-2").equals("UP")
        && verdict("main-3", "worker-3").equals("UP")
        && workers.values().stream()
            .allMatch(
                worker -> worker.roster.ring().length > 0 && worker.roster.parties().size() == 2)
        && linked("worker-1")
        && linked("worker-2");
  }

  private boolean linked(String worker) {
    return worker(worker).keys.sendEpoch("worker-1~worker-2/neighbour") == 1;
  }

  private void join(String name, String store) throws Exception {
    Newcomer worker = newcomer(name, store);
    workers.put(name, worker);
    Path home = network.resolve(name);
    // Any main takes it; until somebody acts for LEFT each says: ask again.
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              worker.enrol(home, address(port("main-2")), runtime);
              return true;
            });
    worker.start();
    ports.forEach((main, port) -> worker.dial(main, address(port)));
  }

  private Newcomer newcomer(String name, String store) throws Exception {
    return new Newcomer(network.resolve(name), name, store, runtime);
  }

  private void startMain(String name) throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("node.name", name);
    values.put("node.dir", network.resolve(name).toString());
    values.put("trunk.listen", "127.0.0.1:" + port(name));
    values.put(
        "mains",
        String.join(
            ",",
            ports.entrySet().stream()
                .map(main -> main.getKey() + "@127.0.0.1:" + main.getValue())
                .toList()));
    values.put("prefer", PREFERENCES.getOrDefault(name, "both"));
    values.put("network.file", network.resolve("network.yaml").toString());
    values.put("registry.servers", "127.0.0.1:" + zookeeper.port());
    values.put("registry.session-timeout", "4s");
    values.put("registry.root", root);
    values.put("ring.shards", "2");
    Controller main =
        ControllerAssembly.of(
            ConfigSource.of(values),
            runtime,
            () -> {
              throw new AssertionError(name + " stopped after a fault");
            });
    main.start();
    mains.put(name, main);
  }

  private void stopMain(String name) {
    Controller main = mains.remove(name);
    if (main != null) {
      main.close();
    }
  }

  private JsonNode status(String main) throws Exception {
    return new ObjectMapper().readTree(worker("worker-2").network(main));
  }

  private String verdict(String main, String worker) throws Exception {
    for (JsonNode each : status(main).at("/workers")) {
      if (each.get("id").asText().equals(worker)) {
        return each.get("verdict").asText();
      }
    }
    return "none";
  }

  private Newcomer worker(String name) {
    Newcomer worker = workers.get(name);
    if (worker == null) {
      throw new AssertionError(name + " was not started");
    }
    return worker;
  }

  private int port(String main) {
    return ports.getOrDefault(main, 0);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static Address address(int port) {
    return new Address("127.0.0.1", port);
  }

  private static List<NodeId> ids(String... names) {
    return List.of(names).stream().map(NodeId::of).toList();
  }
}
