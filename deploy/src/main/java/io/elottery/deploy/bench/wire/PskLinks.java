package io.elottery.deploy.bench.wire;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyLinks;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The product's links: TLS 1.3 under the pair's key. */
final class PskLinks implements Kind {
  private static final LinkConfig CONFIG = LinkConfig.listeningOn(new Address("127.0.0.1", 0));
  private static final int CHANNELS = Channel.values().length;
  private static final NodeId LISTENER = NodeId.of("worker-99");

  private final PairKeys keys;

  PskLinks(byte[] secret) {
    this.keys = new OneKey(secret);
  }

  @Override
  public String name() {
    return "link (PSK)";
  }

  @Override
  public Wire open(boolean urgent, Consumer<Envelope> atListener, Consumer<Envelope> atDialler)
      throws IOException {
    Ends ends = new Ends();
    NodeId dialler = NodeId.of("worker-10");
    LinkId link = LinkId.between(dialler, LISTENER, Purpose.NEIGHBOUR);
    AtomicInteger missing = new AtomicInteger(2 * CHANNELS);
    CompletableFuture<Void> up = new CompletableFuture<>();
    Runnable told =
        () -> {
          if (missing.decrementAndGet() == 0) {
            up.complete(null);
          }
        };
    NettyLinks high = ends.listener(atListener, told);
    NettyLinks low = ends.dialler(dialler, atDialler, new Told(told));
    high.open(link, low.listening());
    low.open(link, high.listening());
    Patience.await(up);
    return urgent
        ? ends.wire(dialler, low.impulses(), high.impulses())
        : ends.wire(dialler, low.work(Purpose.NEIGHBOUR), high.work(Purpose.NEIGHBOUR));
  }

  @Override
  public Stop redial(int lines, Runnable connected) {
    Ends ends = new Ends();
    NettyLinks high = ends.listener(envelope -> {}, () -> {});
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < lines / CHANNELS; i++) {
      NodeId dialler = NodeId.of("worker-" + (10 + i));
      Redialling redialling = new Redialling(dialler, high, connected, over);
      NettyLinks low = ends.dialler(dialler, envelope -> {}, redialling);
      redialling.begin(low);
    }
    return () -> {
      over.set(true);
      Patience.letEnd();
      ends.close();
    };
  }

  /** Two links between the same servers in turn: while one is hung up, the other is dialled. */
  private static final class Redialling implements LinkListener {
    private final NodeId dialler;
    private final NettyLinks high;
    private final Runnable connected;
    private final AtomicBoolean over;
    private final CompletableFuture<NettyLinks> low = new CompletableFuture<>();
    private int up; // on the dialling end's event loop

    Redialling(NodeId dialler, NettyLinks high, Runnable connected, AtomicBoolean over) {
      this.dialler = dialler;
      this.high = high;
      this.connected = connected;
      this.over = over;
    }

    void begin(NettyLinks dialling) {
      low.complete(dialling);
      for (Purpose purpose : Purpose.values()) {
        high.open(LinkId.between(dialler, LISTENER, purpose), dialling.listening());
      }
      dialling.open(LinkId.between(dialler, LISTENER, Purpose.NEIGHBOUR), high.listening());
    }

    @Override
    public void up(LinkId link, Channel channel) {
      connected.run();
      if (++up % CHANNELS == 0 && !over.get()) {
        Purpose other = link.purpose() == Purpose.NEIGHBOUR ? Purpose.REPLICA : Purpose.NEIGHBOUR;
        low.join().close(link);
        low.join().open(LinkId.between(dialler, LISTENER, other), high.listening());
      }
    }

    @Override
    public void down(LinkId link, Channel channel, String why) {
      // Hung up by us.
    }

    @Override
    public void refusedReconnect(LinkId link) {
      // At the end only.
    }
  }

  /** All that was opened, each end on its own event loop. */
  private final class Ends {
    private final NettyRuntime dialling = new NettyRuntime(1);
    private final NettyRuntime listening = new NettyRuntime(1);
    private final List<NettyLinks> all = new ArrayList<>();

    NettyLinks listener(Consumer<Envelope> receiver, Runnable up) {
      return started(LISTENER, receiver, new Told(up), listening);
    }

    NettyLinks dialler(NodeId self, Consumer<Envelope> receiver, LinkListener listener) {
      return started(self, receiver, listener, dialling);
    }

    private NettyLinks started(
        NodeId self, Consumer<Envelope> receiver, LinkListener listener, NettyRuntime runtime) {
      Receiver both = (from, envelope) -> receiver.accept(envelope);
      NettyLinks links = new NettyLinks(self, CONFIG, keys, both, both, listener, runtime);
      links.start();
      all.add(0, links);
      return links;
    }

    Wire wire(NodeId dialler, Transport out, Transport back) {
      return new Wire() {
        @Override
        public boolean send(Envelope envelope) {
          return out.send(LISTENER, envelope);
        }

        @Override
        public boolean answer(Envelope envelope) {
          return back.send(dialler, envelope);
        }

        @Override
        public void close() {
          Ends.this.close();
        }
      };
    }

    void close() {
      all.forEach(NettyLinks::close);
      dialling.close();
      listening.close();
    }
  }

  /** Tells of connections that are up only. */
  private record Told(Runnable told) implements LinkListener {
    @Override
    public void up(LinkId link, Channel channel) {
      told.run();
    }

    @Override
    public void down(LinkId link, Channel channel, String why) {
      // Hung up by us.
    }

    @Override
    public void refusedReconnect(LinkId link) {
      // At the end only.
    }
  }

  /** One secret for all links, made into a key for each as workers do it: by a keyed hash. */
  private record OneKey(byte[] secret) implements PairKeys {
    @Override
    public int sendEpoch(LinkId link) {
      return 1;
    }

    @Override
    public Optional<byte[]> psk(LinkId link, int epoch, String identity) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return Optional.of(mac.doFinal(identity.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException absent) {
        throw new IllegalStateException("HMAC-SHA256 is in every JDK", absent);
      }
    }
  }
}
