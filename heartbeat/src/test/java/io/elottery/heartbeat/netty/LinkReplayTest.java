package io.elottery.heartbeat.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody who has recorded all that crossed a link, and says it again. */
class LinkReplayTest {
  private static final NodeId LOW = NodeId.of("worker-1");
  private static final NodeId HIGH = NodeId.of("worker-2");
  private static final NodeId OTHER = NodeId.of("worker-3");
  private static final LinkId LINK = LinkId.between(LOW, HIGH, Purpose.NEIGHBOUR);
  private static final int CLIENT_HELLO = 1;
  private static final int APPLICATION_DATA = 23;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final NettyRuntime runtime = new NettyRuntime(2);
  private final NumberedKeys keys = new NumberedKeys(1, 1);
  private final Inbox inbox = new Inbox();
  private final LinkLog log = new LinkLog();

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    runtime.close();
  }

  @Test
  void recordedDiallerIsRefused() throws Exception {
    NettyLinks high = links(HIGH);
    NettyLinks low = links(LOW);
    RecordingProxy proxy = knit(low, high);
    low.work(Purpose.NEIGHBOUR).send(HIGH, text("pay 5"));
    await().until(() -> inbox.envelopes.size() == 1);
    byte[] recorded = proxy.flows().get(flow(proxy, text("pay 5")));
    low.close();

    for (int i = 1; i <= 3; i++) {
      say(high.listening(), recorded);
      long times = i;
      await().until(() -> high.refused() >= times);
    }

    assertThat(inbox.envelopes).hasSize(1);
    assertThat(high.up(LINK, Channel.WORK)).isFalse();
  }

  @Test
  void recordedListenerIsRefused() throws Exception {
    NettyLinks high = links(HIGH);
    NettyLinks low = links(LOW);
    RecordingProxy proxy = knit(low, high);
    byte[] recorded =
        proxy.flows().stream().filter(flow -> flow[5] != CLIENT_HELLO).findFirst().orElseThrow();
    low.close();
    log.events.clear();

    NettyLinks fooled = links(LOW);
    fooled.open(LINK, answering(hello -> recorded));

    await().until(() -> fooled.refused() >= 3);
    assertThat(log.events).doesNotContain("up " + LINK + " WORK", "up " + LINK + " IMPULSE");
  }

  @Test
  void diallersOwnWordsAreRefused() throws Exception {
    NettyLinks low = links(LOW);

    low.open(LINK, answering(hello -> hello));

    await().until(() -> low.refused() >= 3);
    assertThat(log.events).isEmpty();
  }

  @Test
  void connectionLedToAnotherWorkerIsRefusedThere() {
    NettyLinks other = links(OTHER);
    NettyLinks low = links(LOW);
    other.open(LinkId.between(LOW, OTHER, Purpose.NEIGHBOUR), low.listening());

    low.open(LINK, other.listening());

    await().until(() -> low.refused() >= 3 && other.refused() >= 3);
    assertThat(log.events).isEmpty();
  }

  @Test
  void recordSaidTwiceEndsTheConnection() throws Exception {
    NettyLinks high = links(HIGH);
    NettyLinks low = links(LOW);
    RecordingProxy proxy = knit(low, high);
    low.work(Purpose.NEIGHBOUR).send(HIGH, text("pay 5"));
    await().until(() -> inbox.envelopes.size() == 1);
    int flow = flow(proxy, text("pay 5"));

    proxy.inject(flow, lastRecord(proxy.flows().get(flow)));

    await().until(() -> log.events.contains("down " + LINK + " WORK"));
    assertThat(inbox.envelopes).hasSize(1);
  }

  @Test
  void recordOfAnOlderConnectionEndsTheNewOne() throws Exception {
    NettyLinks high = links(HIGH);
    NettyLinks low = links(LOW);
    RecordingProxy proxy = knit(low, high);
    low.work(Purpose.NEIGHBOUR).send(HIGH, text("pay 5"));
    await().until(() -> inbox.envelopes.size() == 1);
    byte[] recorded = lastRecord(proxy.flows().get(flow(proxy, text("pay 5"))));
    proxy.cut();
    await().until(() -> log.events.stream().filter(("up " + LINK + " WORK")::equals).count() == 4);
    awaitUp(low, high);
    low.work(Purpose.NEIGHBOUR).send(HIGH, text("pay 7,000,000"));
    await().until(() -> inbox.envelopes.size() == 2);
    log.events.clear();

    proxy.inject(flow(proxy, text("pay 7,000,000")), recorded);

    await().until(() -> log.events.contains("down " + LINK + " WORK"));
    assertThat(inbox.envelopes).containsExactly(text("pay 5"), text("pay 7,000,000"));
  }

  /** The newest flow towards the listener whose last record is as long as that message's. */
  private static int flow(RecordingProxy proxy, Envelope message) {
    int length = FrameDecoder.size(message) + 1 + 16; // type and tag
    List<byte[]> flows = proxy.flows();
    return IntStream.range(0, flows.size())
        .filter(i -> flows.get(i)[5] == CLIENT_HELLO)
        .filter(i -> lastRecord(flows.get(i)).length == 5 + length)
        .max()
        .orElseThrow();
  }

  private static byte[] lastRecord(byte[] flow) {
    int last = 0;
    for (int at = 0; at < flow.length; at += 5 + length(flow, at)) {
      last = at;
    }
    assertThat(flow[last]).isEqualTo((byte) APPLICATION_DATA);
    return Arrays.copyOfRange(flow, last, flow.length);
  }

  private static int length(byte[] flow, int at) {
    return (flow[at + 3] & 0xff) << 8 | (flow[at + 4] & 0xff);
  }

  private static void say(Address to, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(to.host(), to.port())) {
      socket.getOutputStream().write(bytes);
      socket.getInputStream().readAllBytes(); // its answer, and its closing
    } catch (SocketException reset) {
      // Closed before it had read all.
    }
  }

  private interface Answer {
    byte[] to(byte[] hello);
  }

  /** Listens, and answers each connection's first record so. */
  private Address answering(Answer answer) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.push(listener);
    Thread thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                  ByteArrayOutputStream hello = new ByteArrayOutputStream();
                  hello.write(socket.getInputStream().readNBytes(5));
                  hello.write(socket.getInputStream().readNBytes(length(hello.toByteArray(), 0)));
                  socket.getOutputStream().write(answer.to(hello.toByteArray()));
                  socket.getInputStream().readAllBytes();
                } catch (IOException closed) {
                  // The dialler has gone, or the test is over.
                }
              }
            },
            "answering");
    thread.setDaemon(true);
    thread.start();
    return new Address("127.0.0.1", listener.getLocalPort());
  }

  private RecordingProxy knit(NettyLinks low, NettyLinks high) throws IOException {
    RecordingProxy proxy = new RecordingProxy(high.listening());
    open.push(proxy);
    high.open(LINK, low.listening());
    low.open(LINK, proxy.address());
    awaitUp(low, high);
    return proxy;
  }

  private static void awaitUp(NettyLinks low, NettyLinks high) {
    await()
        .until(
            () ->
                Arrays.stream(Channel.values())
                    .allMatch(channel -> low.up(LINK, channel) && high.up(LINK, channel)));
  }

  private NettyLinks links(NodeId self) {
    LinkConfig config = LinkConfig.listeningOn(new Address("127.0.0.1", 0));
    NettyLinks links = new NettyLinks(self, config, keys, inbox, inbox, log, runtime);
    links.start();
    open.push(links);
    return links;
  }

  private static Envelope text(String text) {
    return new Envelope(0x0500, 1, new WireWriter().text(text).toBytes());
  }
}
