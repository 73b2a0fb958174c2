package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PskIdentity;
import io.elottery.heartbeat.link.Purpose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A link's TLS against another maker's: OpenSSL 3 with the right key is let in and understood, both
 * ways round; with anything else it is shown an alert, counted, and its place is free again.
 */
class OpensslInteropIT {
  private static final NodeId LOW = NodeId.of("worker-1");
  private static final NodeId HIGH = NodeId.of("worker-2");
  private static final LinkId LINK = LinkId.between(LOW, HIGH, Purpose.NEIGHBOUR);
  private static final String IDENTITY = new PskIdentity(LINK, 1).text();
  private static final Address NOWHERE = new Address("127.0.0.1", 1);
  private static final int PLACES = 2; // for handshakes under way, one for each channel
  private static final int ATTEMPTS = PLACES + 1;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final NumberedKeys keys = new NumberedKeys(1, 1);
  private final byte[] key = keys.derived(IDENTITY);
  private final Inbox work = new Inbox();
  private final Inbox impulses = new Inbox();
  private final LinkLog log = new LinkLog();
  private NettyRuntime runtime;

  @BeforeAll
  static void anOpenssl3IsInstalled() throws InterruptedException {
    String version = Openssl.version();
    assumeTrue(version.startsWith("OpenSSL 3"), "needs OpenSSL 3, found " + version.trim());
  }

  @BeforeEach
  void begin() {
    runtime = closing(new NettyRuntime(2), runtime -> runtime.close());
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void clientWithTheRightKeyIsLetInAndTalks() throws Exception {
    NettyLinks high = listener();
    Openssl client = client(high, IDENTITY, key, "-tls1_3");
    await().until(() -> client.output().contains("TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256"));

    client.say(frame(new LinkHello(LINK, Channel.IMPULSE, false).toEnvelope()));
    await().until(() -> high.up(LINK, Channel.IMPULSE));
    client.say(frame(text("from openssl")));
    assertThat(high.impulses().send(LOW, text("to openssl"))).isTrue();

    await().until(() -> impulses.envelopes.contains(text("from openssl")));
    await().until(() -> client.output().contains("to openssl"));
    assertThat(impulses.senders).containsOnly(new Peer(LOW, Role.WORKER));
    assertThat(client.output()).contains("Server Temp Key: X25519", "no peer certificate");
    assertThat(high.refused()).isZero();
  }

  @Test
  void serverWithTheRightKeyIsDialledAndTalks() throws Exception {
    Openssl server = server(IDENTITY, key, "-nocert", "-tls1_3");
    NettyLinks low = dialler(server);

    await().until(() -> server.output().contains(LINK.toString()));
    server.say(frame(Welcome.to(new Peer(LOW, Role.WORKER))));
    server.say(frame(text("from openssl")));

    await().until(() -> low.up(LINK, Channel.IMPULSE) || low.up(LINK, Channel.WORK));
    await().until(() -> impulses.envelopes.size() + work.envelopes.size() == 1);
    assertThat(server.output()).contains("TLS_AES_128_GCM_SHA256");
  }

  @Test
  void noDheModeIsNeverTaken() throws Exception {
    NettyLinks high = listener();

    Openssl client = client(high, IDENTITY, key, "-tls1_3", "-allow_no_dhe_kex");

    await().until(() -> client.output().contains("TLSv1.3, Cipher is"));
    assertThat(client.output()).contains("Server Temp Key: X25519");
  }

  @Test
  void clientWithAWrongKeyIsRefused() throws Exception {
    byte[] wrong = new NumberedKeys(2, 1).derived(IDENTITY);

    assertRefused(listener(), IDENTITY, wrong, "alert number 51", "-tls1_3"); // decrypt_error
  }

  @Test
  void clientWithAnUnknownIdentityIsRefused() throws Exception {
    String unknown = IDENTITY.replace("worker-1", "worker-0");

    assertRefused(listener(), unknown, keys.derived(unknown), "alert number 115", "-tls1_3");
  }

  @Test
  void clientOfARetiredEpochIsRefused() throws Exception {
    NettyLinks high = listener();
    keys.moveTo(2);

    assertRefused(high, IDENTITY, key, "alert number 115", "-tls1_3");
  }

  @Test
  void clientOfTls12IsRefused() throws Exception {
    assertRefused(listener(), IDENTITY, key, "alert number 70", "-tls1_2"); // protocol_version
  }

  @Test
  void endThatOnlyDialsIsNotDialled() throws Exception {
    NettyLinks low = links(LOW);
    low.open(LINK, NOWHERE);

    Openssl client = client(low, IDENTITY, key, "-tls1_3");

    client.awaitExit();
    assertThat(client.output()).contains("alert number 115");
    assertThat(log.events).isEmpty();
  }

  @Test
  void clientWithTheEndsInReverseIsRefused() throws Exception {
    String reversed = "elottery/link/v1 worker-2 worker-1 neighbour 1";

    assertRefused(listener(), reversed, keys.derived(reversed), "alert number 115", "-tls1_3");
  }

  @Test
  void clientWithEarlyDataIsRefused(@TempDir Path directory) throws Exception {
    Path data = Files.writeString(directory.resolve("early"), "sell me a ticket");
    Path session = directory.resolve("session");
    Openssl server = server(IDENTITY, key, "-nocert", "-tls1_3", "-early_data");
    await().until(() -> server.port() > 0);
    closing(
        Openssl.client(server.port(), IDENTITY, key, "-tls1_3", "-sess_out", "" + session),
        Openssl::close);
    await().until(() -> Files.exists(session) && Files.readString(session).contains("-END"));

    assertRefused(
        listener(),
        IDENTITY,
        key,
        "alert number 40", // handshake_failure
        "-tls1_3",
        "-sess_in",
        session.toString(),
        "-early_data",
        data.toString());
    assertThat(work.envelopes).isEmpty();
  }

  @Test
  void serverWithAWrongKeyIsRefused() throws Exception {
    byte[] wrong = new NumberedKeys(2, 1).derived(IDENTITY);

    assertNotTrusted(server(IDENTITY, wrong, "-nocert", "-tls1_3"));
  }

  @Test
  void serverOfAnotherIdentityIsRefused() throws Exception {
    String other = new PskIdentity(LINK, 7).text();

    assertNotTrusted(server(other, keys.derived(other), "-nocert", "-tls1_3"));
  }

  @Test
  void serverOfTls12IsRefused() throws Exception {
    assertNotTrusted(server(IDENTITY, key, "-nocert", "-tls1_2"));
  }

  @Test
  void serverWithACertificateInPlaceOfTheKeyIsRefused(@TempDir Path directory) throws Exception {
    Path certificate = Openssl.certificate(directory);
    Openssl server =
        server("nobody", key, "-tls1_3", "-key", "" + certificate, "-cert", certificate + ".cert");

    assertNotTrusted(server);

    await().until(() -> server.output().contains("alert number 40"));
  }

  /** Refused more often than there are places, counted each time; the right one still gets in. */
  private void assertRefused(
      NettyLinks high, String identity, byte[] key, String alert, String... more) throws Exception {
    for (int i = 1; i <= ATTEMPTS; i++) {
      Openssl client = client(high, identity, key, more);
      client.awaitExit();
      assertThat(client.output()).contains(alert);
      long times = i;
      await().until(() -> high.refused() >= times);
    }
    assertThat(high.refused()).isEqualTo(ATTEMPTS);
    assertThat(log.events).isEmpty();
    NettyLinks low = closing(links(LOW), NettyLinks::close);
    low.open(LINK, high.listening());
    await().until(() -> high.up(LINK, Channel.IMPULSE) && high.up(LINK, Channel.WORK));
  }

  private void assertNotTrusted(Openssl server) {
    NettyLinks low = dialler(server);

    await().until(() -> low.refused() >= ATTEMPTS);
    assertThat(log.events).isEmpty();
  }

  private NettyLinks listener() {
    NettyLinks high = links(HIGH);
    high.open(LINK, NOWHERE);
    return high;
  }

  private NettyLinks dialler(Openssl server) {
    await().until(() -> server.port() > 0);
    NettyLinks low = links(LOW);
    low.open(LINK, new Address("127.0.0.1", server.port()));
    return low;
  }

  private NettyLinks links(NodeId self) {
    LinkConfig config =
        new LinkConfig(
            new Address("127.0.0.1", 0),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            PLACES,
            32L << 20);
    NettyLinks links = new NettyLinks(self, config, keys, work, impulses, log, runtime);
    links.start();
    return closing(links, NettyLinks::close);
  }

  private Openssl client(NettyLinks high, String identity, byte[] key, String... more)
      throws Exception {
    return closing(Openssl.client(high.listening().port(), identity, key, more), Openssl::close);
  }

  private Openssl server(String identity, byte[] key, String... more) throws Exception {
    return closing(Openssl.server(identity, key, more), Openssl::close);
  }

  private interface Closer<T> {
    void close(T part) throws Exception;
  }

  private <T> T closing(T part, Closer<T> closer) {
    open.push(() -> closer.close(part));
    return part;
  }

  private static Envelope text(String text) {
    return new Envelope(0x0500, 1, new WireWriter().text(text).toBytes());
  }

  private static byte[] frame(Envelope envelope) {
    ByteBuf out = Unpooled.buffer();
    FrameDecoder.encode(envelope, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }
}
