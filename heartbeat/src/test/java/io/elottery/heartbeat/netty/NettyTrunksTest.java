package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.trunk.CertificateCheck;
import io.elottery.heartbeat.trunk.JoinRefused;
import io.elottery.heartbeat.trunk.TrunkConfig;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyTrunksTest {
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId WORKER = NodeId.of("worker-1");
  private static final NodeId GATEWAY = NodeId.of("gateway-1");
  private static final Address ANY = new Address("127.0.0.1", 0);
  private static final String MARKER = "this text must never be seen on the wire";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Inbox mainInbox = new Inbox();
  private final Inbox workerInbox = new Inbox();
  private final Set<String> mainRefuses = ConcurrentHashMap.newKeySet();
  private final Set<String> workerRefuses = ConcurrentHashMap.newKeySet();
  private NettyRuntime runtime;
  private TestAuthority authority;

  @BeforeEach
  void begin() throws Exception {
    runtime = new NettyRuntime(2);
    authority = new TestAuthority("the authority");
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    runtime.close();
  }

  @Test
  void twoServersTalkBothWays() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    worker.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> main.connected().contains(WORKER) && worker.connected().contains(MAIN));
    worker.send(MAIN, text("to main"));
    main.send(WORKER, text("to worker"));

    await().until(() -> mainInbox.envelopes.size() == 1 && workerInbox.envelopes.size() == 1);
    assertThat(mainInbox.senders).containsExactly(new Peer(WORKER, Role.WORKER));
    assertThat(workerInbox.senders).containsExactly(new Peer(MAIN, Role.MAIN));
    assertThat(mainInbox.envelopes).containsExactly(text("to main"));
  }

  @Test
  void largeMessagesArriveWholeAndInOrder() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    worker.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> worker.connected().contains(MAIN));
    Random random = new Random(7);

    for (int size = 64 << 10; size <= 1 << 20; size *= 2) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      Envelope large = new Envelope(0x0500, 1, body);
      assertThat(worker.send(MAIN, large)).isTrue();
      await().until(() -> mainInbox.envelopes.contains(large));
    }

    assertThat(mainInbox.envelopes).hasSize(5);
  }

  @Test
  void onlyTls13RecordsCross() throws Exception {
    NettyTrunks main = main();
    RecordingProxy proxy = closing(new RecordingProxy(main.listening()));
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    worker.dial(MAIN, Role.MAIN, proxy.address());
    await().until(() -> worker.connected().contains(MAIN));
    worker.send(MAIN, text(MARKER));
    main.send(WORKER, text(MARKER));
    await().until(() -> mainInbox.envelopes.size() == 1 && workerInbox.envelopes.size() == 1);

    assertThat(proxy.flows()).hasSize(2);
    proxy.flows().forEach(flow -> TlsRecords.check(flow, MARKER));
  }

  @Test
  void certificateOfAnotherAuthorityIsRefusedOnBothSides() throws Exception {
    NettyTrunks main = main();
    TestAuthority other = new TestAuthority("another authority");
    NettyTrunks worker = worker(other.server("worker-1", "worker"));

    worker.dial(MAIN, Role.MAIN, main.listening());

    await().until(() -> main.refused() > 0 && worker.refused() > 0);
    assertThat(main.connected()).isEmpty();
    assertThat(worker.connected()).isEmpty();
  }

  @Test
  void certificateOfAnotherAuthorityIsRefusedAlsoWhenItTrustsOurs() throws Exception {
    NettyTrunks main = main();
    TestAuthority other = new TestAuthority("another authority");
    NettyTrunks worker = worker(other.server("worker-1", "worker", authority));

    worker.dial(MAIN, Role.MAIN, main.listening());

    await().until(() -> worker.refused() > 0 && main.refused() > 0);
    assertThat(main.connected()).isEmpty();
    assertThat(workerInbox.connected).isEmpty();
  }

  @Test
  void wrongNameOrRoleIsRefusedByTheDialler() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    worker.dial(NodeId.of("main-2"), Role.MAIN, main.listening());
    await().until(() -> worker.refused() > 0);
    long before = worker.refused();
    worker.undial(NodeId.of("main-2"));
    worker.dial(MAIN, Role.GATEWAY, main.listening());

    await().until(() -> worker.refused() > before + 1);
    assertThat(workerInbox.connected).isEmpty();
  }

  @Test
  void strangerMayOnlyEnrol() throws Exception {
    NettyTrunks main = main();
    NettyTrunks stranger = worker(authority.trustOnly());

    stranger.dial(MAIN, Role.MAIN, main.listening());

    await().until(() -> stranger.refused() > 0);
    assertThat(main.connected()).isEmpty();
    assertThat(mainInbox.envelopes).isEmpty();
  }

  @Test
  void strangerWhoAsksForSomethingElseIsClosed() throws Exception {
    NettyTrunks main = main();

    var answer =
        NettyJoin.call(
            main.listening(),
            authority.trustOnly(),
            new Envelope(0x0401, 1, new byte[9]),
            Duration.ofSeconds(5),
            runtime);

    assertThatThrownBy(answer::get).hasMessageContaining("closed by the other end");
    await().until(() -> main.refused() == 1);
    assertThat(mainInbox.envelopes).isEmpty();
  }

  @Test
  void joiningServerIsAnswered() throws Exception {
    NettyTrunks main = main();

    var answer = join(main, authority.trustOnly());
    await().until(() -> mainInbox.envelopes.size() == 1);
    Peer stranger = mainInbox.senders.get(0);
    WireReader in = new WireReader(mainInbox.envelopes.get(0).body());
    int lane = in.u8();
    long id = in.i64();
    byte[] reply =
        new WireWriter().u8(lane).i64(id).u16(0x0302).u8(1).raw(new byte[] {5}).toBytes();
    main.send(stranger.id(), new Envelope(Switchboard.RESPONSE, 1, reply));

    assertThat(answer.get()).isEqualTo(new Envelope(0x0302, 1, new byte[] {5}));
    assertThat(stranger.role()).isEqualTo(Role.JOINING);
    assertThat(mainInbox.connected).isEmpty();
    assertThat(main.connected()).isEmpty();
  }

  @Test
  void refusedJoinSaysWhy() throws Exception {
    NettyTrunks main = main();

    var answer = join(main, authority.trustOnly());
    await().until(() -> mainInbox.envelopes.size() == 1);
    byte[] refusal =
        new WireWriter().u8(0).i64(1).text("TOKEN_USED").text("token 7 was used").toBytes();
    main.send(mainInbox.senders.get(0).id(), new Envelope(Switchboard.REFUSAL, 1, refusal));

    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JoinRefused.class)
        .hasMessageContaining("TOKEN_USED");
  }

  @Test
  void joiningServerRefusesMainOfAnotherAuthority() throws Exception {
    NettyTrunks main = main();
    TestAuthority other = new TestAuthority("another authority");

    var answer = join(main, other.trustOnly());

    assertThatThrownBy(answer::get).hasMessageContaining("TLS refused");
    assertThat(mainInbox.envelopes).isEmpty();
  }

  @Test
  void lostConnectionIsDialledAgain() throws Exception {
    NettyTrunks main = main();
    RecordingProxy proxy = closing(new RecordingProxy(main.listening()));
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    worker.dial(MAIN, Role.MAIN, proxy.address());
    await().until(() -> worker.connected().contains(MAIN));

    proxy.cut();

    await().until(() -> workerInbox.connected.size() == 2 && mainInbox.connected.size() == 2);
    await().until(() -> worker.send(MAIN, text("again")));
    await().until(() -> mainInbox.envelopes.contains(text("again")));
    assertThat(workerInbox.lost).hasSize(1);
  }

  @Test
  void restartedServerIsDialledAgain() throws Exception {
    NettyTrunks main = main();
    Address at = main.listening();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    worker.dial(MAIN, Role.MAIN, at);
    await().until(() -> worker.connected().contains(MAIN));

    main.close();
    await().until(() -> worker.connected().isEmpty());
    main(at);

    await().until(() -> worker.connected().contains(MAIN));
  }

  @Test
  void ofTwoConnectionsDialledByOneServerTheNewerStays() throws Exception {
    NettyTrunks main = main();
    NettyTrunks first = worker(authority.server("worker-1", "worker"));
    NettyTrunks second = worker(authority.server("worker-1", "worker"));

    first.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> main.connected().contains(WORKER));
    first.undial(MAIN); // would come back and be the newest again
    second.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> second.connected().contains(MAIN));

    await().until(() -> main.send(WORKER, text("to the newer")));
    await().until(() -> workerInbox.envelopes.contains(text("to the newer")));
    assertThat(main.connected()).containsExactly(WORKER);
  }

  @Test
  void bothMayDialAndOneConnectionStays() throws Exception {
    NettyTrunks main = main();
    TrunkConfig listening = TrunkConfig.listeningOn(ANY);
    NettyTrunks worker = trunks(WORKER, Role.WORKER, listening, authority, workerInbox);

    worker.dial(MAIN, Role.MAIN, main.listening());
    main.dial(WORKER, Role.WORKER, worker.listening());

    await()
        .during(Duration.ofMillis(300))
        .until(() -> main.connected().contains(WORKER) && worker.connected().contains(MAIN));
    assertThat(main.send(WORKER, text("one way"))).isTrue();
    assertThat(worker.send(MAIN, text("the other"))).isTrue();
    await().until(() -> mainInbox.envelopes.size() == 1 && workerInbox.envelopes.size() == 1);
  }

  @Test
  void fullOutboxRefuses() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    worker.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> worker.connected().contains(MAIN));
    Envelope large = new Envelope(0x0500, 1, new byte[4 << 20]);

    int taken = 0;
    while (taken < 1000 && worker.send(MAIN, large)) {
      taken++;
    }

    assertThat(taken).isBetween(3, 999);
  }

  @Test
  void olderTlsIsRefused() throws Exception {
    NettyTrunks main = main();

    SSLContext context = authority.server("worker-1", "worker");
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", main.listening().port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }

    await().until(() -> main.refused() == 1);
  }

  @Test
  void serverWithoutACertificateYetServesOnceItHasOne() throws Exception {
    NettyTrunks main = main();
    AtomicReference<SSLContext> later = new AtomicReference<>();
    NettyTrunks worker =
        started(
            new NettyTrunks(
                WORKER,
                Role.WORKER,
                TrunkConfig.dialOnly(),
                () -> {
                  if (later.get() == null) {
                    throw new IllegalStateException("no certificate yet");
                  }
                  return later.get();
                },
                workerInbox,
                workerInbox,
                runtime));
    worker.dial(MAIN, Role.MAIN, main.listening());
    assertThat(worker.connected()).isEmpty();

    later.set(authority.server("worker-1", "worker"));

    await().until(() -> main.connected().contains(WORKER));
  }

  @Test
  void refusedCertificateGetsNoTrunkFromTheListener() throws Exception {
    mainRefuses.add("worker-1");
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    worker.dial(MAIN, Role.MAIN, main.listening());

    await().until(() -> main.refused() > 0);
    assertThat(main.connected()).isEmpty();
    assertThat(workerInbox.connected).isEmpty();
    assertThat(mainInbox.connected).isEmpty();
  }

  @Test
  void refusedCertificateGetsNoTrunkFromTheDialler() throws Exception {
    workerRefuses.add("main-1");
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    worker.dial(MAIN, Role.MAIN, main.listening());

    await().until(() -> worker.refused() > 0);
    assertThat(worker.connected()).isEmpty();
    assertThat(workerInbox.connected).isEmpty();
    assertThat(workerInbox.envelopes).isEmpty();
  }

  @Test
  void liveTrunkOfARefusedCertificateIsClosedWithinASecondAndStaysAway() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    NettyTrunks other = gateway(authority.server("gateway-1", "gateway"));
    worker.dial(MAIN, Role.MAIN, main.listening());
    other.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> main.connected().containsAll(Set.of(WORKER, GATEWAY)));
    assertThat(main.certificate(WORKER).orElseThrow().getSubjectX500Principal().getName())
        .contains("CN=worker-1");

    mainRefuses.add("worker-1");
    main.recheck();

    await().atMost(Duration.ofSeconds(1)).until(() -> !main.connected().contains(WORKER));
    await().during(Duration.ofMillis(300)).until(() -> !main.connected().contains(WORKER));
    assertThat(main.connected()).containsExactly(GATEWAY);
    assertThat(main.send(WORKER, text("no more"))).isFalse();
  }

  @Test
  void diallerAlsoClosesItsLiveTrunkToARefusedListener() throws Exception {
    NettyTrunks main = main();
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));
    worker.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> worker.connected().contains(MAIN));

    workerRefuses.add("main-1");
    worker.recheck();

    await().atMost(Duration.ofSeconds(1)).until(() -> worker.connected().isEmpty());
    await().during(Duration.ofMillis(300)).until(() -> worker.connected().isEmpty());
  }

  @Test
  void renewedCertificateGetsANewTrunkWithoutALostMessageOrADisconnection() throws Exception {
    NettyTrunks main = main();
    AtomicReference<SSLContext> context =
        new AtomicReference<>(authority.server("worker-1", "worker"));
    NettyTrunks worker =
        started(
            new NettyTrunks(
                WORKER,
                Role.WORKER,
                TrunkConfig.dialOnly(),
                context::get,
                workerInbox,
                workerInbox,
                runtime));
    worker.dial(MAIN, Role.MAIN, main.listening());
    await().until(() -> main.connected().contains(WORKER) && worker.connected().contains(MAIN));
    BigInteger before = main.certificate(WORKER).orElseThrow().getSerialNumber();

    int sent = 0;
    for (int renewal = 0; renewal < 3; renewal++) {
      BigInteger now = main.certificate(WORKER).orElseThrow().getSerialNumber();
      context.set(authority.server("worker-1", "worker"));
      worker.renewSoon();
      long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      int after = 0;
      while (after < 200 && System.nanoTime() < until) {
        if (sent - Math.min(mainInbox.envelopes.size(), workerInbox.envelopes.size()) < 500) {
          assertThat(worker.send(MAIN, text("to main " + sent))).isTrue();
          assertThat(main.send(WORKER, text("to worker " + sent))).isTrue();
          sent++;
        }
        after += main.certificate(WORKER).orElseThrow().getSerialNumber().equals(now) ? 0 : 1;
      }
    }

    int all = sent;
    await().until(() -> mainInbox.envelopes.size() == all && workerInbox.envelopes.size() == all);
    for (int i = 0; i < all; i++) {
      assertThat(mainInbox.envelopes.get(i)).isEqualTo(text("to main " + i));
      assertThat(workerInbox.envelopes.get(i)).isEqualTo(text("to worker " + i));
    }
    assertThat(main.certificate(WORKER).orElseThrow().getSerialNumber()).isNotEqualTo(before);
    assertThat(mainInbox.lost).isEmpty();
    assertThat(workerInbox.lost).isEmpty();
    assertThat(mainInbox.connected).hasSize(1);
    await().until(() -> worker.open() == 1 && main.open() == 1);
  }

  @Test
  void nobodyConnectedMeansNotSent() throws Exception {
    NettyTrunks worker = worker(authority.server("worker-1", "worker"));

    assertThat(worker.send(MAIN, text("hello"))).isFalse();
  }

  @Test
  void takenPortIsRefusedByName() throws Exception {
    NettyTrunks main = main();

    assertThatThrownBy(() -> main(main.listening()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trunk.listen")
        .hasMessageContaining(main.listening().toString());
  }

  private CompletableFuture<Envelope> join(NettyTrunks main, SSLContext context) {
    return NettyJoin.call(
        main.listening(),
        context,
        new Envelope(0x0301, 1, new byte[] {1}),
        Duration.ofSeconds(5),
        runtime);
  }

  private NettyTrunks main() throws Exception {
    return main(ANY);
  }

  private NettyTrunks main(Address at) throws Exception {
    return trunks(MAIN, Role.MAIN, TrunkConfig.listeningOn(at), authority, mainInbox);
  }

  private NettyTrunks worker(SSLContext context) {
    return started(
        new NettyTrunks(
            WORKER,
            Role.WORKER,
            TrunkConfig.dialOnly(),
            () -> context,
            refusing(workerRefuses),
            workerInbox,
            workerInbox,
            runtime));
  }

  private NettyTrunks gateway(SSLContext context) {
    Inbox inbox = new Inbox();
    return started(
        new NettyTrunks(
            GATEWAY, Role.GATEWAY, TrunkConfig.dialOnly(), () -> context, inbox, inbox, runtime));
  }

  private static CertificateCheck refusing(Set<String> names) {
    return certificate ->
        names.stream()
            .filter(name -> certificate.getSubjectX500Principal().getName().contains("CN=" + name))
            .findFirst()
            .map(name -> name + " is revoked");
  }

  private NettyTrunks trunks(
      NodeId id, Role role, TrunkConfig config, TestAuthority authority, Inbox inbox)
      throws Exception {
    SSLContext context = authority.server(id.name(), role.text());
    return started(
        new NettyTrunks(
            id, role, config, () -> context, refusing(mainRefuses), inbox, inbox, runtime));
  }

  private NettyTrunks started(NettyTrunks trunks) {
    trunks.start();
    open.push(trunks);
    return trunks;
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  private static Envelope text(String text) {
    return new Envelope(0x0500, 1, new WireWriter().text(text).toBytes());
  }
}
