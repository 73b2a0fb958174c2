package io.elottery.deploy.zookeeper;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.deploy.cluster.FreePorts;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.RegistryConfig;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.curator.CuratorElection;
import io.elottery.heartbeat.registry.curator.CuratorRegistry;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.nodekeys.StoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three ZooKeeper servers of ours that form an ensemble, in one JVM, and a main's client. */
final class EnsembleIT {
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path dir;
  private final RandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority = authority();
  private final NettyRuntime runtime = new NettyRuntime(1);
  private final Map<String, ZooKeeperNode> nodes = new TreeMap<>();
  private final Map<String, ZooKeeperConfig> configs = new TreeMap<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  EnsembleIT(@TempDir Path dir) {
    this.dir = dir;
    runtime.start();
    open.push(runtime);
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void whatAMajorityHoldsIsServedWithoutOneMember_andWhoIsNoMemberDoesNotJoin() throws Exception {
    startThree();
    CuratorRegistry registry = registry();
    await().atMost(SOON).until(() -> registry.state() == RegistryState.CONNECTED);
    Leading leading = elected(registry);
    await().atMost(SOON).until(() -> leading.fence.get() > 0);
    registry.write("servers/worker-1", bytes("here"), leading.fence.get()).get(10, SECONDS);

    assertOnlyMembersAreLetIn(config("zookeeper-1").ensemble().get(0).election());
    assertOnlyMembersAreLetIn(quorumPortInUse());

    stop("zookeeper-3");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(registry.read("servers/worker-1").get(5, SECONDS)).isPresent();
              registry.write("servers/worker-2", bytes("too"), leading.fence.get()).get(5, SECONDS);
            });
  }

  private void assertOnlyMembersAreLetIn(Address at) throws Exception {
    SSLContext member = keys(NodeId.of("zookeeper-2"), Role.ZOOKEEPER).sslContext();
    assertThat(isRefused(member, at, Duration.ofMillis(300))).isFalse();
    Map<String, SSLContext> others = new TreeMap<>();
    others.put(
        "of the authority, but not of this ensemble",
        keys(NodeId.of("zookeeper-9"), Role.ZOOKEEPER).sslContext());
    others.put(
        "of the authority, but a worker", keys(NodeId.of("worker-1"), Role.WORKER).sslContext());
    others.put("of another authority", stranger().sslContext());
    others.put("without a certificate", NodeKeys.trustOnly(authority.fingerprint()));
    for (Map.Entry<String, SSLContext> other : others.entrySet()) {
      assertThat(isRefused(other.getValue(), at, SOON)).as(other.getKey()).isTrue();
    }
    assertPlainTextIsRefused(at);
  }

  // TLS 1.3 tells of a refused client certificate only after the handshake.
  private static boolean isRefused(SSLContext context, Address at, Duration within) {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(at.host(), at.port())) {
      socket.setSoTimeout((int) within.toMillis());
      socket.startHandshake();
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException itWaitsForUs) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void assertPlainTextIsRefused(Address at) throws IOException {
    try (Socket socket = new Socket(at.host(), at.port())) {
      socket.setSoTimeout((int) SOON.toMillis());
      // What a member of an ensemble without TLS sends first.
      socket
          .getOutputStream()
          .write(new byte[] {-1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2});
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      byte[] answer;
      try {
        answer = in.readAllBytes();
      } catch (java.net.SocketException reset) {
        return;
      }
      // Closed; at most a TLS alert was said.
      assertThat(answer.length).isLessThanOrEqualTo(7);
    }
  }

  // Only the leader takes followers.
  private Address quorumPortInUse() {
    for (EnsembleMember member : config("zookeeper-1").ensemble()) {
      try (Socket socket = new Socket(member.quorum().host(), member.quorum().port())) {
        assertThat(socket.isConnected()).isTrue();
        return member.quorum();
      } catch (IOException follower) {
        // The next one.
      }
    }
    throw new AssertionError("nobody leads");
  }

  private void startThree() throws Exception {
    List<String> members = new ArrayList<>();
    try (FreePorts ports = new FreePorts()) {
      for (int i = 1; i <= 3; i++) {
        members.add("zookeeper-" + i + "@" + ports.any() + ":" + ports.any().port());
      }
    }
    for (int i = 1; i <= 3; i++) {
      NodeId id = NodeId.of("zookeeper-" + i);
      Path home = dir.resolve(id.name());
      keys(id, Role.ZOOKEEPER).exportTo(home.resolve("stores"), random);
      ZooKeeperConfig config =
          ZooKeeperConfig.from(
              ConfigSource.of(
                  Map.of(
                      "node.name",
                      id.name(),
                      "node.dir",
                      home.toString(),
                      "zookeeper.listen",
                      "127.0.0.1:0",
                      "zookeeper.ensemble",
                      String.join(",", members))));
      ZooKeeperNode node = new ZooKeeperNode(config, runtime, () -> {});
      configs.put(id.name(), config);
      nodes.put(id.name(), node);
      open.push(node);
      node.start();
    }
  }

  private void stop(String name) {
    nodes.getOrDefault(name, nodes.values().iterator().next()).close();
  }

  private ZooKeeperConfig config(String name) {
    return configs.entrySet().stream()
        .filter(entry -> entry.getKey().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private CuratorRegistry registry() throws Exception {
    StoreFiles stores = keys(MAIN, Role.MAIN).exportTo(dir.resolve("main-client"), random);
    CuratorRegistry registry =
        new CuratorRegistry(
            RegistryConfig.of(
                nodes.values().stream().map(ZooKeeperNode::address).toList(),
                new RegistryConfig.Stores(
                    stores.keyStore(), stores.trustStore(), stores.password()),
                List.of(MAIN)));
    registry.start();
    open.push(registry);
    return registry;
  }

  private Leading elected(CuratorRegistry registry) {
    CuratorElection election = new CuratorElection(registry, MAIN, new SystemTime(), () -> 0);
    open.push(election);
    Leading leading = new Leading();
    election.start();
    election.stand(Hemisphere.LEFT, leading);
    return leading;
  }

  /** The fence the main leads under, or led last. */
  private static final class Leading implements ElectionListener {
    private final AtomicLong fence = new AtomicLong();

    @Override
    public void elected(Hemisphere hemisphere, long taken) {
      fence.set(taken);
    }

    @Override
    public void deposed(Hemisphere hemisphere) {
      // Elected again it says so.
    }
  }

  private NodeKeys keys(NodeId node, Role role) throws Exception {
    return keys(dir.resolve(node.name()).resolve("keys"), node, role, authority);
  }

  private NodeKeys stranger() throws Exception {
    return keys(dir.resolve("stranger"), NodeId.of("zookeeper-2"), Role.ZOOKEEPER, authority());
  }

  private NodeKeys keys(Path at, NodeId node, Role role, CertificateAuthority by) throws Exception {
    NodeKeys keys = NodeKeys.open(at, node, role, random);
    keys.install(
        List.of(
            by.issue(
                    keys.signingRequest(),
                    node,
                    role,
                    CertificateAuthority.validity(role),
                    List.of())
                .getEncoded(),
            by.certificate().getEncoded()),
        by.fingerprint());
    return keys;
  }

  private CertificateAuthority authority() {
    return CertificateAuthority.create("test", new SecureRandomSource(), new SystemTime());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
