package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.Purpose;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyLinksTest {
  private static final NodeId LOW = NodeId.of("worker-1");
  private static final NodeId HIGH = NodeId.of("worker-2");
  private static final LinkId NEIGHBOURS = LinkId.between(HIGH, LOW, Purpose.NEIGHBOUR);
  private static final LinkId REPLICAS = LinkId.between(HIGH, LOW, Purpose.REPLICA);
  private static final Address ANY = new Address("127.0.0.1", 0);
  private static final String MARKER = "this text must never be seen on the wire";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Inbox lowWork = new Inbox();
  private final Inbox lowImpulses = new Inbox();
  private final Inbox highWork = new Inbox();
  private final Inbox highImpulses = new Inbox();
  private final LinkLog lowLog = new LinkLog();
  private final LinkLog highLog = new LinkLog();
  private NettyRuntime runtime;

  @BeforeEach
  void begin() {
    runtime = new NettyRuntime(2);
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    runtime.close();
  }

  @Test
  void bothConnectionsOfALinkCarryTheirOwn() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    knit(low, high, NEIGHBOURS);

    low.impulses().send(HIGH, text("beat"));
    high.impulses().send(LOW, text("beat back"));
    low.work(Purpose.NEIGHBOUR).send(HIGH, text("work"));

    await().until(() -> highImpulses.envelopes.size() == 1 && highWork.envelopes.size() == 1);
    await().until(() -> lowImpulses.envelopes.size() == 1);
    assertThat(highImpulses.envelopes).containsExactly(text("beat"));
    assertThat(highWork.envelopes).containsExactly(text("work"));
    assertThat(highWork.senders).containsExactly(new Peer(LOW, Role.WORKER));
    assertThat(low.work(Purpose.REPLICA).send(HIGH, text("no such link"))).isFalse();
  }

  @Test
  void largeMessagesArriveWholeAndInOrder() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    knit(low, high, REPLICAS);
    Random random = new Random(11);

    for (int size = 64 << 10; size <= 1 << 20; size *= 2) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      Envelope large = new Envelope(0x0210, 1, body);
      assertThat(high.work(Purpose.REPLICA).send(LOW, large)).isTrue();
      await().until(() -> lowWork.envelopes.contains(large));
    }
  }

  @Test
  void manySmallMessagesArriveInOrder() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    knit(low, high, REPLICAS);

    for (int i = 0; i < 20_000; i++) {
      Envelope small = new Envelope(0x0210, 1, new WireWriter().i32(i).toBytes());
      assertThat(low.work(Purpose.REPLICA).send(HIGH, small)).isTrue();
    }

    await().until(() -> highWork.envelopes.size() == 20_000);
    assertThat(highWork.envelopes.get(19_999).body())
        .isEqualTo(new WireWriter().i32(19_999).toBytes());
  }

  @Test
  void onlyTls13RecordsCross() throws Exception {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    RecordingProxy proxy = closing(new RecordingProxy(high.listening()));
    high.open(NEIGHBOURS, low.listening());
    low.open(NEIGHBOURS, proxy.address());
    awaitUp(low, high, NEIGHBOURS);

    low.impulses().send(HIGH, text(MARKER));
    high.work(Purpose.NEIGHBOUR).send(LOW, text(MARKER));
    await().until(() -> highImpulses.envelopes.size() == 1 && lowWork.envelopes.size() == 1);

    assertThat(proxy.flows()).hasSize(4);
    proxy.flows().forEach(flow -> TlsRecords.check(flow, MARKER));
  }

  @Test
  void wrongKeyIsRefusedOnBothSides() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(2), ANY);

    high.open(NEIGHBOURS, low.listening());
    low.open(NEIGHBOURS, high.listening());

    await().until(() -> low.refused() > 0 && high.refused() > 0);
    assertThat(lowLog.events).isEmpty();
    assertThat(highLog.events).isEmpty();
  }

  @Test
  void unknownIdentityIsRefusedOnBothSides() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);

    high.open(REPLICAS, low.listening());
    low.open(NEIGHBOURS, high.listening());

    await().until(() -> low.refused() > 0 && high.refused() > 0);
    assertThat(lowLog.events).isEmpty();
  }

  @Test
  void linkThatIsNotOpenIsRefused() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);

    low.open(NEIGHBOURS, high.listening());

    await().until(() -> low.refused() > 0);
    assertThat(lowLog.events).isEmpty();
  }

  @Test
  void linkWaitsForItsKey() {
    MapKeys keys = new MapKeys(1, 0);
    NettyLinks low = low(keys);
    NettyLinks high = high(keys(1), ANY);
    high.open(NEIGHBOURS, low.listening());
    low.open(NEIGHBOURS, high.listening());
    assertThat(low.up(NEIGHBOURS, Channel.WORK)).isFalse();

    keys.epoch = 3;

    awaitUp(low, high, NEIGHBOURS);
  }

  @Test
  void brokenConnectionComesBack() throws Exception {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    RecordingProxy proxy = closing(new RecordingProxy(high.listening()));
    high.open(NEIGHBOURS, low.listening());
    low.open(NEIGHBOURS, proxy.address());
    awaitUp(low, high, NEIGHBOURS);

    proxy.cut();

    await().until(() -> lowLog.events.size() >= 6 && highLog.events.size() >= 6);
    awaitUp(low, high, NEIGHBOURS);
    assertThat(lowLog.events).doesNotContain("refused " + NEIGHBOURS);
    assertThat(highLog.events).doesNotContain("refused " + NEIGHBOURS);
  }

  @Test
  void deathOfTheListenerIsProvedAndItsRestartFound() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    Address at = high.listening();
    knit(low, high, NEIGHBOURS);

    high.close();

    await().until(() -> lowLog.events.contains("refused " + NEIGHBOURS));
    NettyLinks restarted = high(keys(1), at);
    restarted.open(NEIGHBOURS, low.listening());
    awaitUp(low, restarted, NEIGHBOURS);
  }

  @Test
  void deathOfTheDiallerIsProved() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    knit(low, high, NEIGHBOURS);

    low.close();

    await().until(() -> highLog.events.contains("refused " + NEIGHBOURS));
    assertThat(high.refused()).isZero();
  }

  @Test
  void closedLinkIsDownAndStaysDown() {
    NettyLinks low = low(keys(1));
    NettyLinks high = high(keys(1), ANY);
    knit(low, high, NEIGHBOURS);

    high.close(NEIGHBOURS);

    await().until(() -> low.refused() > 0);
    assertThat(high.up(NEIGHBOURS, Channel.WORK)).isFalse();
    assertThat(low.up(NEIGHBOURS, Channel.WORK)).isFalse();
  }

  @Test
  void bareTouchIsNoRefusal() throws Exception {
    NettyLinks high = high(keys(1), ANY);

    new Socket("127.0.0.1", high.listening().port()).close();
    new Socket("127.0.0.1", high.listening().port()).close();

    NettyLinks low = low(keys(1));
    knit(low, high, NEIGHBOURS);
    assertThat(high.refused()).isZero();
  }

  @Test
  void rubbishIsRefusedAndTheListenerGoesOn() throws Exception {
    NettyLinks high = high(keys(1), ANY);
    Random random = new Random(5);

    for (int i = 0; i < 50; i++) {
      byte[] rubbish = new byte[1 + random.nextInt(600)];
      random.nextBytes(rubbish);
      if (i % 2 == 0) {
        System.arraycopy(new byte[] {22, 3, 1, 1}, 0, rubbish, 0, Math.min(4, rubbish.length));
      }
      try (Socket socket = new Socket("127.0.0.1", high.listening().port())) {
        socket.getOutputStream().write(rubbish);
      }
    }

    NettyLinks low = low(keys(1));
    knit(low, high, NEIGHBOURS);
    assertThat(high.refused()).isPositive();
  }

  private void knit(NettyLinks low, NettyLinks high, LinkId link) {
    high.open(link, low.listening());
    low.open(link, high.listening());
    awaitUp(low, high, link);
  }

  private static void awaitUp(NettyLinks low, NettyLinks high, LinkId link) {
    await()
        .until(
            () ->
                Arrays.stream(Channel.values())
                    .allMatch(channel -> low.up(link, channel) && high.up(link, channel)));
  }

  private NettyLinks low(PairKeys keys) {
    return started(
        new NettyLinks(
            LOW, LinkConfig.listeningOn(ANY), keys, lowWork, lowImpulses, lowLog, runtime));
  }

  private NettyLinks high(PairKeys keys, Address at) {
    return started(
        new NettyLinks(
            HIGH, LinkConfig.listeningOn(at), keys, highWork, highImpulses, highLog, runtime));
  }

  private NettyLinks started(NettyLinks links) {
    links.start();
    open.push(links);
    return links;
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  private static MapKeys keys(int secret) {
    return new MapKeys(secret, 1);
  }

  private static Envelope text(String text) {
    return new Envelope(0x0500, 1, new WireWriter().text(text).toBytes());
  }

  /** Keys of every link, made from one number. */
  private static final class MapKeys implements PairKeys {
    private final byte[] secret;
    volatile int epoch;

    MapKeys(int secret, int epoch) {
      this.secret = new byte[32];
      Arrays.fill(this.secret, (byte) secret);
      this.epoch = epoch;
    }

    @Override
    public int sendEpoch(LinkId link) {
      return epoch;
    }

    @Override
    public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return Optional.of(mac.doFinal(identity.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      } catch (java.security.GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
