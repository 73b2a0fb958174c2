package io.elottery.worker;

import static org.awaitility.Awaitility.await;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Workers and a fake main over real trunks and links; no ledger. */
final class WorkerTown implements AutoCloseable {
  final Path directory;
  final FakeMain main;
  private final List<NodeId> all;
  private final NettyRuntime runtime = new NettyRuntime(4);
  final Map<NodeId, SimpleMeterRegistry> meters = new HashMap<>();
  private final Map<NodeId, WorkerNode> workers = new HashMap<>();
  private final Map<NodeId, FakeReplicas> replicas = new HashMap<>();
  // Ports are fixed in a server's configuration: a restart listens where it did before.
  private final Map<NodeId, String> trunkAt = new HashMap<>();
  private final Map<NodeId, String> linkAt = new HashMap<>();

  WorkerTown(Path directory, List<NodeId> all) throws Exception {
    this.directory = directory;
    this.all = all;
    main = new FakeMain(directory, runtime, all, 4);
    for (NodeId id : all) {
      start(id, main.address().toString());
    }
  }

  void start(NodeId id) throws Exception {
    start(id, main.address().toString());
  }

  void start(NodeId id, String mainAddress) throws Exception {
    ConfigSource source =
        ConfigSource.of(
            Map.of(
                "node.name", id.name(),
                "node.dir", directory(id).toString(),
                "mains", FakeMain.ID + "@" + mainAddress,
                "trunk.listen", trunkAt.getOrDefault(id, "127.0.0.1:0"),
                "link.listen", linkAt.getOrDefault(id, "127.0.0.1:0"),
                "heartbeat.interval", "50ms",
                "reports.interval", "200ms"));
    WorkerConfig config = WorkerConfig.from(source);
    source.done();
    NodeKeys keys = keys(id);
    Optional<JoinToken> token =
        keys.certificate().isPresent() ? Optional.empty() : Optional.of(main.token);
    FakeReplicas fake = new FakeReplicas(id.name());
    replicas.put(id, fake);
    WorkerNode worker =
        new WorkerNode(
            config,
            new WorkerNode.Ports(
                runtime,
                new SystemTime(),
                (where, problem) -> {
                  throw new AssertionError(where, problem);
                },
                keys,
                token,
                ports -> fake,
                meters.computeIfAbsent(id, none -> new SimpleMeterRegistry()),
                new Readiness(),
                () -> {}));
    worker.start();
    workers.put(id, worker);
    trunkAt.put(id, worker.trunks().listening().toString());
    linkAt.put(id, worker.links().listening().toString());
  }

  Path directory(NodeId id) {
    return directory.resolve(id.name());
  }

  /** What its key directory holds now. */
  NodeKeys keys(NodeId id) throws Exception {
    return NodeKeys.open(directory(id).resolve("keys"), id, Role.WORKER, new SecureRandomSource());
  }

  WorkerNode worker(NodeId id) {
    return Objects.requireNonNull(workers.get(id));
  }

  FakeReplicas replicas(NodeId id) {
    return Objects.requireNonNull(replicas.get(id));
  }

  /** All links of all workers. */
  void awaitLinks() {
    for (NodeId one : all) {
      for (NodeId other : all) {
        for (Purpose purpose : Purpose.values()) {
          if (!one.equals(other)) {
            LinkId link = LinkId.between(one, other, purpose);
            await().until(() -> isUp(one, link));
          }
        }
      }
    }
  }

  boolean isUp(NodeId one, LinkId link) {
    return worker(one).links().up(link, Channel.IMPULSE)
        && worker(one).links().up(link, Channel.WORK);
  }

  @Override
  public void close() {
    workers.values().forEach(WorkerNode::close);
    main.close();
    runtime.close();
  }
}
