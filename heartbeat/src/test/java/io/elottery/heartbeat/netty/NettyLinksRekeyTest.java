package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Receiver;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.LinkRefusal;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.Purpose;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyLinksRekeyTest {
  private static final NodeId LOW = NodeId.of("worker-1");
  private static final NodeId HIGH = NodeId.of("worker-2");
  private static final LinkId LINK = LinkId.between(HIGH, LOW, Purpose.NEIGHBOUR);
  private static final Address ANY = new Address("127.0.0.1", 0);
  private static final int ROTATIONS = 20;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LinkLog lowLog = new LinkLog();
  private final LinkLog highLog = new LinkLog();
  private final EpochKeys lowKeys = new EpochKeys().use(1);
  private final EpochKeys highKeys = new EpochKeys().use(1);
  private final Numbered workUp = new Numbered(3_000);
  private final Numbered workDown = new Numbered(200);
  private final Numbered impulsesUp = new Numbered(27);
  private final Numbered impulsesDown = new Numbered(27);
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
  void nothingIsLostDoubledOrReorderedOverTwentyRotations() throws Exception {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    List<Numbered> streams = List.of(workUp, workDown, impulsesUp, impulsesDown);
    List<Thread> senders =
        List.of(
            workUp.sendOver(low.work(Purpose.NEIGHBOUR), HIGH),
            workDown.sendOver(high.work(Purpose.NEIGHBOUR), LOW),
            impulsesUp.sendOver(low.impulses(), HIGH),
            impulsesDown.sendOver(high.impulses(), LOW));

    for (int epoch = 2; epoch <= 1 + ROTATIONS; epoch++) {
      rotate(low, high, epoch);
      int before = workUp.received.get();
      await().atMost(Duration.ofMinutes(1)).until(() -> workUp.received.get() > before + 100);
    }
    streams.forEach(Numbered::stop);
    for (Thread sender : senders) {
      sender.join();
    }

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> streams.stream().allMatch(Numbered::isComplete));
    assertThat(streams).extracting(stream -> stream.wrong.get()).containsOnly("");
    assertThat(streams).allMatch(stream -> stream.sent() > 1_000);
    assertThat(lowLog.events).containsExactlyInAnyOrderElementsOf(ups());
    assertThat(highLog.events).containsExactlyInAnyOrderElementsOf(ups());
    assertThat(low.refused() + high.refused()).isZero();
  }

  @Test
  void aRotationCostsMillisecondsAndLeavesTwoConnections() throws Exception {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    RecordingProxy proxy = new RecordingProxy(high.listening());
    open.push(proxy);
    high.open(LINK, low.listening());
    low.open(LINK, proxy.address());
    awaitUp(low, high);

    rotate(low, high, 2);

    assertThat(low.epoch(LINK)).isEqualTo(2);
    assertThat(high.epoch(LINK)).isEqualTo(2);
    assertThat(proxy.flows()).hasSize(8);
    proxy.flows().forEach(flow -> TlsRecords.check(flow, "never seen"));
  }

  @Test
  void theListenerSideLearnsTheEpochFromTheHandshake() {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    highKeys.hold(2);
    lowKeys.use(2);

    CompletableFuture<Void> moved = low.rekey(LINK, 2);

    await().atMost(Duration.ofMinutes(1)).until(() -> high.epoch(LINK) == 2);
    assertThat(moved).succeedsWithin(Duration.ofMinutes(1));
    assertThat(highLog.running).containsExactly(1, 2);
  }

  @Test
  void anEpochTheOtherEndDoesNotKnowYetIsTriedUntilItDoes() {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    lowKeys.use(2);

    CompletableFuture<Void> moved = low.rekey(LINK, 2);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> high.refused(LinkRefusal.UNKNOWN_IDENTITY) > 2);
    assertThat(low.refused(LinkRefusal.UNKNOWN_IDENTITY)).isPositive();
    assertThat(low.epoch(LINK)).isEqualTo(1);
    highKeys.hold(2);

    assertThat(moved).succeedsWithin(Duration.ofMinutes(1));
    assertThat(lowLog.events).hasSize(2);
  }

  @Test
  void aDiallerThatIsAheadFallsBackAndMovesUpLater() {
    lowKeys.use(2);
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    assertThat(low.epoch(LINK)).isEqualTo(1);

    highKeys.use(2);

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> low.epoch(LINK) == 2 && high.epoch(LINK) == 2);
    assertThat(lowLog.events).containsExactlyInAnyOrderElementsOf(ups());
  }

  @Test
  void aListenerThatIsAheadTakesTheOlderEpoch() {
    highKeys.use(2);
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);

    knit(low, high);

    assertThat(high.epoch(LINK)).isEqualTo(1);
  }

  @Test
  void aRetiredEpochEndsAndIsTakenNoMore() {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    highKeys.hold(2);
    lowKeys.held.add(2);

    high.retire(LINK, 2);

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> lowLog.events.contains("down " + LINK + " WORK"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> high.refused(LinkRefusal.UNKNOWN_IDENTITY) > 0);
    lowKeys.use(2);
    awaitUp(low, high);
    assertThat(high.epoch(LINK)).isEqualTo(2);
  }

  @Test
  void aCutEndsTheLinkAtOnceUntilItIsOfferedAgain() throws Exception {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    Thread sender = workUp.sendOver(low.work(Purpose.NEIGHBOUR), HIGH);
    await().atMost(Duration.ofMinutes(1)).until(() -> workUp.received.get() > 100);

    long before = System.nanoTime();
    high.cut(LINK).get(1, TimeUnit.SECONDS);

    assertThat(high.up(LINK, Channel.WORK)).isFalse();
    assertThat(high.up(LINK, Channel.IMPULSE)).isFalse();
    int last = workUp.received.get();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> low.refused(LinkRefusal.UNKNOWN_IDENTITY) > 1);
    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(5).toNanos());
    assertThat(low.up(LINK, Channel.WORK)).isFalse();
    assertThat(workUp.received.get()).isEqualTo(last);
    workUp.stop();
    sender.join();

    highKeys.use(2);
    lowKeys.use(2);
    assertThat(high.rekey(LINK, 2)).isNotDone();
    awaitUp(low, high);
  }

  @Test
  void aCutOfTheDiallerEndsWhoeverWaits() throws Exception {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    knit(low, high);
    lowKeys.use(2);
    CompletableFuture<Void> moved = low.rekey(LINK, 2);

    low.cut(LINK).get(1, TimeUnit.SECONDS);

    assertThat(low.epoch(LINK)).isZero();
    assertThat(moved).isCancelled();
    await().atMost(Duration.ofMinutes(1)).until(() -> high.epoch(LINK) == 0);
  }

  @Test
  void aConnectionThatBreaksWhileItIsReplacedIsToldAsLost() throws Exception {
    NettyLinks low = low(ANY);
    NettyLinks high = high(ANY);
    RecordingProxy proxy = new RecordingProxy(high.listening());
    open.push(proxy);
    high.open(LINK, low.listening());
    low.open(LINK, proxy.address());
    awaitUp(low, high);
    for (int epoch = 2; epoch < 8; epoch++) {
      highKeys.use(epoch);
      lowKeys.use(epoch);
      low.rekey(LINK, epoch);
      // Each time at another moment of the take-over.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(epoch));
      proxy.cut();
      int wanted = epoch;
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> low.epoch(LINK) == wanted && high.epoch(LINK) == wanted);
      awaitUp(low, high);
    }
    Thread sender = workDown.sendOver(high.work(Purpose.NEIGHBOUR), LOW);
    await().atMost(Duration.ofMinutes(1)).until(() -> workDown.received.get() > 100);
    workDown.stop();
    sender.join();
    assertThat(workDown.wrong.get()).isEmpty();
  }

  private void rotate(NettyLinks low, NettyLinks high, int epoch) throws Exception {
    highKeys.hold(epoch);
    lowKeys.use(epoch);
    CompletableFuture<Void> there = high.rekey(LINK, epoch);
    low.rekey(LINK, epoch).get(60, TimeUnit.SECONDS);
    there.get(60, TimeUnit.SECONDS);
    highKeys.held.remove(epoch - 1);
    lowKeys.held.remove(epoch - 1);
    low.retire(LINK, epoch);
    high.retire(LINK, epoch);
  }

  private static List<String> ups() {
    return List.of("up " + LINK + " IMPULSE", "up " + LINK + " WORK");
  }

  private static void knit(NettyLinks low, NettyLinks high) {
    high.open(LINK, low.listening());
    low.open(LINK, high.listening());
    awaitUp(low, high);
  }

  private static void awaitUp(NettyLinks low, NettyLinks high) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                Arrays.stream(Channel.values())
                    .allMatch(channel -> low.up(LINK, channel) && high.up(LINK, channel)));
  }

  private NettyLinks low(Address at) {
    return started(LOW, at, lowKeys, workDown, impulsesDown, lowLog);
  }

  private NettyLinks high(Address at) {
    return started(HIGH, at, highKeys, workUp, impulsesUp, highLog);
  }

  private NettyLinks started(
      NodeId self, Address at, PairKeys keys, Receiver work, Receiver impulses, LinkListener log) {
    NettyLinks links = new NettyLinks(self, patient(at), keys, work, impulses, log, runtime);
    links.start();
    open.push(links);
    return links;
  }

  /** The senders of these tests leave little of a busy machine to a handshake. */
  private static LinkConfig patient(Address at) {
    LinkConfig standard = LinkConfig.listeningOn(at);
    return new LinkConfig(
        at,
        standard.own(),
        Duration.ofMinutes(1),
        standard.idle(),
        standard.retryFirst(),
        standard.retryMax(),
        standard.handshakesMax(),
        standard.outboundMax());
  }
}
