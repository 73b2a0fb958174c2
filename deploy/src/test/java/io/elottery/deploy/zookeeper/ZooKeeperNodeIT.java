package io.elottery.deploy.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.nodekeys.StoreFiles;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.RevocationList;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real ZooKeeper server of ours and the least a main has to be for it. */
final class ZooKeeperNodeIT {
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId OTHER = NodeId.of("main-2");
  private static final NodeId ZOOKEEPER = NodeId.of("zookeeper-1");
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Path dir;
  private final RandomSource random = new SecureRandomSource();
  private final AtomicReference<Duration> ago = new AtomicReference<>(Duration.ZERO);
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", random, new Past());
  private final NettyRuntime runtime = new NettyRuntime(2);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final NodeKeys mainKeys;
  private final NettyTrunks trunks;
  private final Switchboard board;

  ZooKeeperNodeIT(@TempDir Path dir) throws Exception {
    this.dir = dir;
    runtime.start();
    open.push(runtime);
    mainKeys = keys(MAIN, Role.MAIN, Duration.ZERO);
    NodeLoop loop =
        new NodeLoop(
            "main",
            new SystemTime(),
            1_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            MAIN,
            Role.MAIN,
            TrunkConfig.listeningOn(new Address("127.0.0.1", 0)),
            mainKeys::sslContext,
            lanes,
            new Deaf(lanes),
            runtime);
    board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);
    board.serve(KeyvaultKinds.ENROL, this::renew);
    LoopThread thread = new LoopThread("main", loop);
    thread.start();
    open.push(thread);
    trunks.start();
    open.push(trunks);
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void certificatePastItsHalf_isRenewedAndShownWithoutARestart() throws Exception {
    NodeKeys keys = keys(ZOOKEEPER, Role.ZOOKEEPER, Duration.ofDays(300));
    X509Certificate old = keys.certificate().orElseThrow();

    ZooKeeperNode node = started(keys);

    assertThat(old.getNotAfter().toInstant()).isBefore(Instant.now().plus(Duration.ofDays(100)));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(shownBy(node.address()).getNotAfter().toInstant())
                    .isAfter(Instant.now().plus(Duration.ofDays(300))));
    assertThat(shownBy(node.address()).getPublicKey()).isEqualTo(old.getPublicKey());
    assertThat(CertificateAuthority.hosts(shownBy(node.address()))).contains("10.1.2.3");
  }

  @Test
  void revokedMain_losesItsSessionAtOnceAndGetsNoOther() throws Exception {
    ZooKeeperNode node = started(keys(ZOOKEEPER, Role.ZOOKEEPER, Duration.ZERO));
    NodeKeys stolen = keys(OTHER, Role.MAIN, Duration.ZERO);
    Client honest = client(mainKeys, node);
    Client thief = client(stolen, node);
    await().atMost(SOON).until(() -> honest.isConnected() && thief.isConnected());
    await().atMost(SOON).until(() -> trunks.connected().contains(ZOOKEEPER));

    X509Certificate certificate = stolen.certificate().orElseThrow();
    RevocationList list =
        RevocationList.NONE.with(
            Revocation.of(OTHER, certificate, Instant.now(), "stolen", officer()));
    board.call(ZOOKEEPER, list.toEnvelope(), Duration.ofSeconds(5)).get();

    await().atMost(Duration.ofSeconds(1)).until(() -> !thief.isConnected());
    await().during(Duration.ofSeconds(2)).until(() -> !thief.isConnected() && honest.isConnected());
    Client again = client(stolen, node);
    await().during(Duration.ofSeconds(1)).until(() -> !again.isConnected());
  }

  @Test
  void workerWithACertificateOfOurs_isNotLetIn() throws Exception {
    ZooKeeperNode node = started(keys(ZOOKEEPER, Role.ZOOKEEPER, Duration.ZERO));
    Client main = client(mainKeys, node);
    Client worker = client(keys(NodeId.of("worker-1"), Role.WORKER, Duration.ZERO), node);

    await().atMost(SOON).until(() -> main.isConnected());
    await().during(Duration.ofSeconds(1)).until(() -> !worker.isConnected());
  }

  private ZooKeeperNode started(NodeKeys keys) throws Exception {
    keys.exportTo(dir.resolve(ZOOKEEPER.name()).resolve("stores"), random);
    ZooKeeperConfig config =
        ZooKeeperConfig.from(
            ConfigSource.of(
                Map.of(
                    "node.name",
                    ZOOKEEPER.name(),
                    "node.dir",
                    dir.resolve(ZOOKEEPER.name()).toString(),
                    "zookeeper.listen",
                    "127.0.0.1:0",
                    "mains",
                    MAIN + "@" + trunks.listening())));
    ZooKeeperNode node = new ZooKeeperNode(config, runtime, () -> {});
    open.push(node);
    node.start();
    return node;
  }

  private NodeKeys keys(NodeId node, Role role, Duration issuedAgo) throws Exception {
    NodeKeys keys = NodeKeys.open(dir.resolve(node.name()).resolve("keys"), node, role, random);
    ago.set(issuedAgo);
    keys.install(
        chain(keys.signingRequest(), node, role, List.of("10.1.2.3")), authority.fingerprint());
    ago.set(Duration.ZERO);
    return keys;
  }

  private List<byte[]> chain(byte[] request, NodeId node, Role role, List<String> hosts)
      throws Exception {
    return List.of(
        authority
            .issue(request, node, role, CertificateAuthority.validity(role), hosts)
            .getEncoded(),
        authority.certificate().getEncoded());
  }

  private void renew(Peer from, Envelope call, CallHandler.Answer answer) {
    try {
      EnrolRequest asked = EnrolRequest.from(call);
      assertThat(asked.isRenewal()).isTrue();
      List<String> hosts = CertificateAuthority.hosts(trunks.certificate(from.id()).orElseThrow());
      answer.reply(
          new EnrolReply(chain(asked.signingRequest(), asked.node(), asked.role(), hosts))
              .toEnvelope());
    } catch (Exception wrong) {
      answer.refuse("MALFORMED", wrong.toString());
    }
  }

  private X509Certificate shownBy(Address address) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            mainKeys.sslContext().getSocketFactory().createSocket(address.host(), address.port())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private Client client(NodeKeys keys, ZooKeeperNode node) throws Exception {
    StoreFiles stores = keys.exportTo(dir.resolve(keys.node() + "-client"), random);
    ZKClientConfig tls = new ZKClientConfig();
    tls.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    tls.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    for (String store : List.of("keyStore", "trustStore")) {
      Path file = store.equals("keyStore") ? stores.keyStore() : stores.trustStore();
      tls.setProperty("zookeeper.ssl." + store + ".type", "PKCS12");
      tls.setProperty("zookeeper.ssl." + store + ".location", file.toString());
      tls.setProperty("zookeeper.ssl." + store + ".passwordPath", stores.password().toString());
    }
    Client client = new Client();
    open.push(
        new ZooKeeper(
            node.address().toString(), 20_000, event -> client.state.set(event.getState()), tls));
    return client;
  }

  /** What a client was told last: its own state lags behind by up to a second. */
  private static final class Client {
    private final AtomicReference<KeeperState> state =
        new AtomicReference<>(KeeperState.Disconnected);

    boolean isConnected() {
      return state.get() == KeeperState.SyncConnected;
    }
  }

  private static StaffMember officer() {
    return StaffMember.of("officer1", "Ada", Set.of(StaffRole.OFFICER), Credentials.NONE);
  }

  /** Now, or what the test says it is. */
  private final class Past implements Time {
    private final Time real = new SystemTime();

    @Override
    public Instant now() {
      return real.now().minus(ago.get());
    }

    @Override
    public long nanos() {
      return real.nanos();
    }
  }

  private record Deaf(Lanes lanes) implements ConnectionListener {
    @Override
    public void connected(Peer peer) {}

    @Override
    public void disconnected(Peer peer, String why) {
      lanes.disconnected(peer.id());
    }
  }
}
