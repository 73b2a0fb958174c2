package io.elottery.deploy.bench.wire;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The product's trunks: Netty's handler around the JDK's TLS 1.3, a certificate on both ends. */
final class MutualTls implements Kind {
  private static final NodeId LISTENER = NodeId.of("main-99");
  private static final Address ANY = new Address("127.0.0.1", 0);

  private final Certified certified;

  MutualTls(Certified certified) {
    this.certified = certified;
  }

  @Override
  public String name() {
    return "trunk (mTLS)";
  }

  @Override
  public Wire open(boolean urgent, Consumer<Envelope> atListener, Consumer<Envelope> atDialler)
      throws IOException {
    Ends ends = new Ends();
    NodeId dialler = NodeId.of("main-10");
    AtomicInteger missing = new AtomicInteger(2);
    CompletableFuture<Void> up = new CompletableFuture<>();
    Told told =
        new Told(
            () -> {
              if (missing.decrementAndGet() == 0) {
                up.complete(null);
              }
            },
            () -> {});
    NettyTrunks high = ends.started(LISTENER, atListener, told, ends.listening);
    NettyTrunks low = ends.started(dialler, atDialler, told, ends.dialling);
    low.dial(LISTENER, Role.MAIN, high.listening());
    Patience.await(up);
    return ends.wire(low, high, dialler);
  }

  @Override
  public Stop redial(int lines, Runnable connected) {
    Ends ends = new Ends();
    Told ignored = new Told(() -> {}, () -> {});
    NettyTrunks high = ends.started(LISTENER, envelope -> {}, ignored, ends.listening);
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < lines; i++) {
      CompletableFuture<NettyTrunks> itself = new CompletableFuture<>();
      Runnable up =
          () -> {
            connected.run();
            if (!over.get()) {
              itself.join().undial(LISTENER);
            }
          };
      Runnable down = () -> itself.join().dial(LISTENER, Role.MAIN, high.listening());
      NodeId dialler = NodeId.of("main-" + (10 + i));
      NettyTrunks low = ends.started(dialler, envelope -> {}, new Told(up, down), ends.dialling);
      itself.complete(low);
      low.dial(LISTENER, Role.MAIN, high.listening());
    }
    return () -> {
      over.set(true);
      Patience.letEnd();
      ends.close();
    };
  }

  /** All that was opened, each end on its own event loop. */
  private final class Ends {
    private final NettyRuntime dialling = new NettyRuntime(1);
    private final NettyRuntime listening = new NettyRuntime(1);
    private final List<NettyTrunks> all = new ArrayList<>();

    NettyTrunks started(NodeId self, Consumer<Envelope> receiver, Told told, NettyRuntime runtime) {
      var context = certified.context(self, Role.MAIN);
      TrunkConfig config = TrunkConfig.listeningOn(ANY).withoutJoining();
      NettyTrunks trunks =
          new NettyTrunks(
              self,
              Role.MAIN,
              config,
              () -> context,
              (from, envelope) -> receiver.accept(envelope),
              told,
              runtime);
      trunks.start();
      all.add(0, trunks);
      return trunks;
    }

    Wire wire(NettyTrunks low, NettyTrunks high, NodeId dialler) {
      return new Wire() {
        @Override
        public boolean send(Envelope envelope) {
          return low.send(LISTENER, envelope);
        }

        @Override
        public boolean answer(Envelope envelope) {
          return high.send(dialler, envelope);
        }

        @Override
        public void close() {
          Ends.this.close();
        }
      };
    }

    void close() {
      all.forEach(NettyTrunks::close);
      dialling.close();
      listening.close();
    }
  }

  private record Told(Runnable up, Runnable down) implements ConnectionListener {
    @Override
    public void connected(Peer peer) {
      up.run();
    }

    @Override
    public void disconnected(Peer peer, String why) {
      down.run();
    }
  }
}
