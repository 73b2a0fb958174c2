package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PskIdentity;
import io.elottery.heartbeat.link.Purpose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The two workers of one link, of which a test runs one or both, and all it has opened. */
final class TwoEnds implements AutoCloseable {
  static final NodeId LOW = NodeId.of("worker-1");
  static final NodeId HIGH = NodeId.of("worker-2");
  static final LinkId LINK = LinkId.between(LOW, HIGH, Purpose.NEIGHBOUR);
  static final String IDENTITY = new PskIdentity(LINK, 1).text();
  static final int PLACES = 2; // for handshakes under way, one for each channel
  private static final Address NOWHERE = new Address("127.0.0.1", 1);

  final NumberedKeys keys = new NumberedKeys(1, 1);
  final byte[] key = keys.derived(IDENTITY);
  final Inbox work = new Inbox();
  final Inbox impulses = new Inbox();
  final LinkLog log = new LinkLog();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final NettyRuntime runtime;

  TwoEnds() {
    runtime = new NettyRuntime(2);
  }

  TwoEnds(boolean epoll) {
    runtime = new NettyRuntime(2, epoll);
  }

  /** The end that listens; the other one is nowhere yet. */
  NettyLinks listener() {
    NettyLinks high = links(HIGH);
    high.open(LINK, NOWHERE);
    return high;
  }

  /** The end that dials. */
  NettyLinks dialler(Address to) {
    NettyLinks low = links(LOW);
    low.open(LINK, to);
    return low;
  }

  private NettyLinks links(NodeId self) {
    LinkConfig config =
        new LinkConfig(
            new Address("127.0.0.1", 0),
            OwnAddresses.ANY,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            PLACES,
            32L << 20);
    NettyLinks links = new NettyLinks(self, config, keys, work, impulses, log, runtime);
    links.start();
    return closing(links);
  }

  /** Closes it with the test. */
  <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  static Envelope text(String text) {
    return new Envelope(0x0500, 1, new WireWriter().text(text).toBytes());
  }

  /** As it goes over the connection. */
  static byte[] frame(Envelope envelope) {
    ByteBuf out = Unpooled.buffer();
    FrameDecoder.encode(envelope, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    runtime.close();
  }
}
