package io.elottery.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.auditor.AuditorAssembly;
import io.elottery.controller.app.ControllerAssembly;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.deploy.cuts.Route;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.zookeeper.ZooKeeperConfig;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.web.WebAssembly;
import io.elottery.worker.WorkerAssembly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSetupTest {
  private static final ClusterShape SHAPE = new ClusterShape(1, 3, 6, 2, 1, 0, 0);

  private final Path dir;

  ClusterSetupTest(@TempDir Path parent) {
    this.dir = parent.resolve("cluster");
  }

  private ClusterDescription make() throws CommandFailed {
    return ClusterSetup.make(
        ClusterLayout.ofProcesses(dir, SHAPE), ClusterPace.lively(), KdfCost.FAST);
  }

  @Test
  void everyServerAcceptsItsFile() throws Exception {
    assertAllAccept(make().layout());
  }

  @Test
  void everyServerOfAnEnsembleThatCanBeCutAcceptsItsFile() throws Exception {
    ClusterLayout layout =
        ClusterLayout.ofCuttableProcesses(dir, new ClusterShape(3, 2, 1, 2, 1, 0, 0));
    ClusterSetup.make(layout, ClusterPace.lively(), KdfCost.FAST);

    assertAllAccept(layout);
  }

  private static void assertAllAccept(ClusterLayout layout) throws Exception {
    try (NettyRuntime runtime = new NettyRuntime(1)) {
      for (Server server : layout.servers()) {
        ConfigSource config = ConfigSource.load(server.config(), Map.of(), List.of());
        assertThatCode(() -> accept(server, config, runtime))
            .as("%s", server.config())
            .doesNotThrowAnyException();
      }
    }
  }

  private static void accept(Server server, ConfigSource config, NettyRuntime runtime)
      throws Exception {
    switch (server.kind()) {
      case ZOOKEEPER -> {
        ZooKeeperConfig.from(config);
        config.done();
      }
      case MAIN -> ControllerAssembly.of(config, runtime, () -> {}).close();
      case WORKER -> WorkerAssembly.of(config, runtime, () -> {}).close();
      case AUDITOR -> AuditorAssembly.of(config, runtime, () -> {}).close();
      case GATEWAY -> WebAssembly.of(config, runtime, () -> {}).close();
      case CUTS -> {
        config.requiredPath("node.dir");
        assertThat(config.list("cuts.routes", List.of()).stream().map(Route::parse)).isNotEmpty();
        assertThat(config.list("cuts.sources", List.of())).isNotEmpty();
        config.done();
      }
      case FRONT -> {
        config.requiredAddress("front.listen");
        assertThat(config.list("gateways", List.of())).hasSize(2);
        config.done();
      }
    }
  }

  @Test
  void workersAreSpreadAndSharedOutToProcesses() throws Exception {
    ClusterShape shape = new ClusterShape(1, 3, 32, 1, 1, 0, 0, new ClusterShape.Spread(4, 2, 4));
    ClusterDescription made =
        ClusterSetup.make(
            ClusterLayout.ofProcesses(dir, shape), ClusterPace.lively(), KdfCost.FAST);

    NetworkPlan plan = NetworkPlan.load(dir.resolve("network.yaml"));
    LocalCluster cluster = new LocalCluster(ClusterDescription.read(dir));

    assertThat(plan.locations().values().stream().distinct()).hasSize(8);
    assertThat(made.layout().of(Server.Kind.WORKER).stream().map(Server::process).distinct())
        .hasSize(8);
    List<Server> zone = cluster.servers(List.of("dc-2/zone-1"));
    assertThat(zone)
        .extracting(server -> server.id().name())
        .containsExactly("worker-9", "worker-10", "worker-11", "worker-12");
    assertThat(cluster.together(zone.subList(0, 1))).isEqualTo(zone);
    assertThat(cluster.servers(List.of("dc-4"))).hasSize(8);
  }

  @Test
  void everyPortIsDifferent() throws Exception {
    ClusterLayout layout = ClusterLayout.ofProcesses(dir, SHAPE);

    List<Integer> ports =
        layout.servers().stream()
            .flatMap(server -> server.addresses().values().stream())
            .map(address -> address.port())
            .toList();
    assertThat(new TreeSet<>(ports)).hasSameSizeAs(ports);
  }

  @Test
  void networkFileDividesWorkersAndGivesEachNeighbours() throws Exception {
    make();

    NetworkPlan plan = NetworkPlan.load(dir.resolve("network.yaml"));

    assertThat(plan.workers()).hasSize(6);
    assertThat(plan.workers().values())
        .allSatisfy(place -> assertThat(place.neighbours()).hasSize(3));
    assertThat(
            plan.workers().values().stream().filter(place -> place.hemisphere() == Hemisphere.LEFT))
        .hasSize(3);
  }

  @Test
  void descriptionIsReadAsWrittenAndForItsOwnerOnly() throws Exception {
    ClusterDescription made = make();
    made.write(Map.of(NodeId.of("worker-1"), 77L));

    ClusterDescription read = ClusterDescription.read(dir);

    assertThat(read).isEqualTo(made);
    assertThat(Files.readString(ClusterDescription.file(dir)))
        .contains("\"site\" : \"http://127.0.0.1:", "\"evoting\" : [ ]", "\"pid\" : 77");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(ClusterDescription.file(dir))))
        .isEqualTo("rw-------");
    assertThat(read.toString()).doesNotContain(read.signIn("operations").token());
  }

  @Test
  void directoryInUseIsRefused() throws Exception {
    make();

    assertThatThrownBy(this::make)
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void takenPortIsNamedWithAWayOut() throws Exception {
    try (FreePorts ports = new FreePorts()) {
      int taken = ports.any().port();

      assertThatThrownBy(
              () -> ClusterLayout.ofProcesses(dir, new ClusterShape(1, 3, 6, 2, 1, taken, 0)))
          .hasMessage(
              "port "
                  + taken
                  + " is taken: choose another with --port, or --port 0 for any free one");
    }
  }

  @Test
  void directoryWithoutAClusterIsNamed() {
    assertThatThrownBy(() -> ClusterDescription.read(dir))
        .hasMessage(
            "no cluster in " + dir + ": start one with `elottery up`, or name one by --dir");
  }
}
