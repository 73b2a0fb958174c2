package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.Links;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.PskIdentity;
import io.elottery.heartbeat.link.Purpose;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.ConnectException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Links} over Netty with Bouncy Castle's TLS.
 *
 * <p>All connections live on one event loop: keys are asked for, and receivers and the listener
 * called, on it. Per link and channel, between {@code up} and {@code down} come exactly the
 * messages of that connection.
 */
public final class NettyLinks implements Links {
  private static final Logger log = LoggerFactory.getLogger(NettyLinks.class);

  private final NodeId self;
  private final LinkConfig config;
  private final PairKeys keys;
  private final Receiver workReceiver;
  private final Receiver impulseReceiver;
  private final LinkListener listener;
  private final EventLoop loop;
  private final ChannelGroup channels;
  private final TlsCrypto crypto;
  // Written on the event loop, read by senders on any thread.
  private final Map<LinkId, LinkState> links = new ConcurrentHashMap<>();
  private final Refusals refusals = new Refusals(log);
  private volatile io.netty.channel.@Nullable Channel listening; // written by the starting thread
  private int handshakes;
  private boolean closed;

  /**
   * @param workReceiver gets what comes on work connections, impulseReceiver what comes on impulse
   *     connections; on the event loop, must not wait
   */
  public NettyLinks(
      NodeId self,
      LinkConfig config,
      PairKeys keys,
      Receiver workReceiver,
      Receiver impulseReceiver,
      LinkListener listener,
      NettyRuntime runtime) {
    this.self = self;
    this.config = config;
    this.keys = keys;
    this.workReceiver = workReceiver;
    this.impulseReceiver = impulseReceiver;
    this.listener = listener;
    this.loop = runtime.nextLoop();
    this.channels = new DefaultChannelGroup(loop, true);
    // One shared source of chance, and the JDK's own AES before Bouncy Castle's slower one.
    SecureRandom random = new SecureRandom();
    this.crypto = new JcaTlsCryptoProvider().create(random, random);
  }

  @Override
  public void start() {
    listening = Sockets.listen(loop, "link.listen", config.listen(), this::accepted);
  }

  @Override
  public void close() {
    io.netty.channel.Channel listener = listening;
    if (listener != null) {
      listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
    Sockets.runAndWait(
        loop,
        () -> {
          closed = true;
          // First: that links go down because of us is no news about the others.
          links.clear();
          channels.close();
        });
  }

  @Override
  public Address listening() {
    io.netty.channel.Channel listener = listening;
    if (listener == null) {
      throw new IllegalStateException(self + " has no link listener yet");
    }
    return Sockets.bound(listener, config.listen());
  }

  @Override
  public Transport work(Purpose purpose) {
    return (to, envelope) -> send(to, purpose, Channel.WORK, envelope);
  }

  @Override
  public Transport impulses() {
    return (to, envelope) -> send(to, Purpose.NEIGHBOUR, Channel.IMPULSE, envelope);
  }

  private boolean send(NodeId to, Purpose purpose, Channel channel, Envelope envelope) {
    if (to.equals(self)) {
      return false;
    }
    LinkState state = links.get(LinkId.between(self, to, purpose));
    return state != null && state.send(channel, envelope);
  }

  @Override
  public boolean up(LinkId link, Channel channel) {
    LinkState state = links.get(link);
    return state != null && state.isUp(channel);
  }

  /** Connections refused so far, on either side: keys, identities, limits. */
  public long refused() {
    return refusals.count();
  }

  @Override
  public void open(LinkId link, Address other) {
    link.other(self); // checks that it is ours
    loop.execute(
        () -> {
          if (closed) {
            return;
          }
          LinkState state = links.computeIfAbsent(link, id -> new LinkState(id, other, config));
          state.other(other);
          if (dials(link)) {
            for (Channel channel : Channel.values()) {
              attempt(state, channel);
            }
          }
        });
  }

  @Override
  public void close(LinkId link) {
    loop.execute(
        () -> {
          LinkState state = links.remove(link);
          if (state != null) {
            for (Channel channel : Channel.values()) {
              end(state, channel, "no longer wanted");
            }
          }
        });
  }

  private void end(LinkState state, Channel channel, String why) {
    LinkHandler connection = state.down(channel);
    if (connection != null) {
      connection.close(why);
      listener.down(state.id(), channel, why);
    }
  }

  private boolean dials(LinkId link) {
    return link.low().equals(self);
  }

  private boolean isWanted(LinkState state) {
    return !closed && links.get(state.id()) == state;
  }

  private void attempt(LinkState state, Channel channel) {
    if (!isWanted(state) || state.isUnderWay(channel) || state.isUp(channel)) {
      return;
    }
    state.underWay(channel, true);
    PskIdentity identity = new PskIdentity(state.id(), keys.sendEpoch(state.id()));
    Optional<byte[]> key =
        identity.epoch() > 0
            ? keys.psk(state.id(), identity.epoch(), identity.text())
            : Optional.empty();
    if (key.isEmpty()) {
      again(state, channel);
      return;
    }
    Sockets.connect(
            loop,
            state.other(),
            config.handshakeTimeout(),
            socket ->
                pipeline(
                    socket,
                    LinkTls.dialling(crypto, identity, key.get()),
                    new LinkHello(state.id(), channel)))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                notReached(state, channel, done.cause());
              }
            });
  }

  private void notReached(LinkState state, Channel channel, Throwable cause) {
    if (isRefusal(cause) && isWanted(state) && state.wasEverUp()) {
      listener.refusedReconnect(state.id());
    }
    log.debug("{}: {} at {} not reached: {}", self, state.id(), state.other(), cause.getMessage());
    again(state, channel);
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
  }

  private void again(LinkState state, Channel channel) {
    loop.schedule(
        () -> {
          state.underWay(channel, false);
          attempt(state, channel);
        },
        state.backoff(channel).nextMicros(),
        TimeUnit.MICROSECONDS);
  }

  // The end that does not dial has no other way to tell a lost connection from a lost process.
  private void touch(LinkState state) {
    if (state.isTouchUnderWay() || !needsTouch(state)) {
      return;
    }
    state.touchUnderWay(true);
    loop.schedule(
        () -> {
          if (needsTouch(state)) {
            Sockets.connect(loop, state.other(), config.handshakeTimeout(), socket -> {})
                .addListener(
                    (io.netty.channel.ChannelFuture done) -> {
                      done.channel().close();
                      state.touchUnderWay(false);
                      if (!done.isSuccess() && isRefusal(done.cause()) && needsTouch(state)) {
                        listener.refusedReconnect(state.id());
                      }
                      touch(state);
                    });
          } else {
            state.touchUnderWay(false);
            state.touching().reset();
          }
        },
        state.touching().nextMicros(),
        TimeUnit.MICROSECONDS);
  }

  private boolean needsTouch(LinkState state) {
    return isWanted(state)
        && state.wasEverUp()
        && !(state.isUp(Channel.IMPULSE) && state.isUp(Channel.WORK));
  }

  private void accepted(io.netty.channel.Channel socket) {
    if (closed || handshakes >= config.handshakesMax()) {
      refusals.unread();
      socket.close();
      return;
    }
    handshakes++;
    pipeline(socket, LinkTls.listening(crypto, this::keyOf), null);
  }

  private Optional<byte[]> keyOf(PskIdentity identity) {
    LinkId link = identity.link();
    return link.high().equals(self) && links.containsKey(link)
        ? keys.psk(link, identity.epoch(), identity.text())
        : Optional.empty();
  }

  private void pipeline(io.netty.channel.Channel socket, LinkTls tls, @Nullable LinkHello hello) {
    channels.add(socket);
    long idle = config.idle().toMillis();
    LinkHandler handler =
        new LinkHandler(
            new Ends(hello), tls, hello, config.handshakeTimeout(), socket, config.outboundMax());
    socket
        .pipeline()
        .addLast(tls)
        .addLast(new IdleStateHandler(idle, idle / 3, 0, TimeUnit.MILLISECONDS))
        .addLast(new FrameDecoder())
        .addLast(handler);
  }

  /** What one connection does to the whole. */
  private final class Ends implements LinkHandler.Owner {
    private final @Nullable LinkHello dialled;
    private boolean handshaking; // counted in handshakes
    private long upAtNanos;

    Ends(@Nullable LinkHello dialled) {
      this.dialled = dialled;
      this.handshaking = dialled == null;
    }

    @Override
    public boolean up(LinkHandler connection, LinkHello hello) {
      handshakeOver();
      LinkState state = links.get(hello.link());
      if (state == null) {
        return false;
      }
      // The dialler has one attempt at a time, so of two the newer is the one it still knows.
      end(state, hello.channel(), "replaced by a newer connection");
      state.up(hello.channel(), connection);
      upAtNanos = System.nanoTime();
      refusals.over(hello.link() + " " + hello.channel());
      log.info("{}: link {} {} → up", self, hello.link(), hello.channel());
      listener.up(hello.link(), hello.channel());
      return true;
    }

    @Override
    public void received(LinkHello hello, Envelope envelope) {
      Peer from = new Peer(hello.link().other(self), Role.WORKER);
      Receiver receiver = hello.channel() == Channel.WORK ? workReceiver : impulseReceiver;
      receiver.received(from, envelope);
    }

    @Override
    public void closed(LinkHandler connection, @Nullable LinkHello hello, String why) {
      handshakeOver();
      LinkState state = hello == null ? null : links.get(hello.link());
      if (hello != null && state != null && state.down(hello.channel(), connection)) {
        log.info("{}: link {} {} up → down: {}", self, hello.link(), hello.channel(), why);
        listener.down(hello.link(), hello.channel(), why);
      } else if (!connection.wasUp() && connection.wasTried() && !closed) {
        refuse(connection, hello, why);
      }
      if (state != null && isWanted(state)) {
        goOn(state, connection);
      }
    }

    private void refuse(LinkHandler connection, @Nullable LinkHello hello, String why) {
      String remote = String.valueOf(connection.remote());
      if (dialled != null) {
        String link = dialled.link() + " " + dialled.channel();
        refusals.add(link, self + ": link " + link + " to " + remote + " refused: " + why);
      } else {
        String link = hello == null ? "an unknown link" : hello.link().toString();
        String host = remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
        refusals.add(
            host, self + ": connection of " + link + " from " + remote + " refused: " + why);
      }
    }

    private void goOn(LinkState state, LinkHandler connection) {
      if (dialled == null) {
        touch(state);
        return;
      }
      if (connection.wasUp() && System.nanoTime() - upAtNanos > config.retryMax().toNanos()) {
        state.backoff(dialled.channel()).reset();
      }
      again(state, dialled.channel());
    }

    private void handshakeOver() {
      if (handshaking) {
        handshaking = false;
        handshakes--;
      }
    }
  }
}
