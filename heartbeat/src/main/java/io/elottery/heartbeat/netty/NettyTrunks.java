package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.trunk.CertificateCheck;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.heartbeat.trunk.Trunks;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Trunks} over Netty with the JDK's TLS.
 *
 * <p>All connections live on one event loop: the receiver and the listener are called on it, and
 * between {@code connected} and {@code disconnected} of a peer come exactly the messages of that
 * connection.
 */
public final class NettyTrunks implements Trunks {
  private static final Logger log = LoggerFactory.getLogger(NettyTrunks.class);

  private static final long RENEW_PERIOD_SECONDS = 60;

  private final Peer self;
  private final TrunkConfig config;
  private final Supplier<SSLContext> tls;
  private final CertificateCheck check;
  private final Receiver receiver;
  private final ConnectionListener listener;
  private final EventLoop loop;
  private final ChannelGroup channels;
  private final TrunkSuccession succession;
  private final Map<NodeId, TrunkDial> dials = new HashMap<>();
  // Written on the event loop, read by senders on any thread.
  private final Map<NodeId, TrunkHandler> up = new ConcurrentHashMap<>();
  private final Refusals refusals = new Refusals(log);
  private volatile @Nullable Channel listening; // written by the starting thread
  private volatile @Nullable Future<?> watch; // written by the starting thread
  private long lastStranger;
  private int strangers;
  private int handshakes;
  private boolean closed;

  /** Where no certificate of the authority is refused. */
  public NettyTrunks(
      NodeId self,
      Role selfRole,
      TrunkConfig config,
      Supplier<SSLContext> tls,
      Receiver receiver,
      ConnectionListener listener,
      NettyRuntime runtime) {
    this(self, selfRole, config, tls, CertificateCheck.NONE, receiver, listener, runtime);
  }

  /**
   * @param self as in this server's certificate
   * @param tls asked for every connection, so that a renewed certificate is shown at once; may
   *     throw {@link IllegalStateException} while there is no certificate yet
   * @param check asked for every certificate that is shown, in the handshake and at {@link
   *     #recheck()}
   * @param receiver gets every envelope; on the event loop, must not wait
   */
  public NettyTrunks(
      NodeId self,
      Role selfRole,
      TrunkConfig config,
      Supplier<SSLContext> tls,
      CertificateCheck check,
      Receiver receiver,
      ConnectionListener listener,
      NettyRuntime runtime) {
    this.check = check;
    this.self = new Peer(self, selfRole);
    this.config = config;
    this.tls = tls;
    this.receiver = receiver;
    this.listener = listener;
    this.loop = runtime.nextLoop();
    this.succession = new TrunkSuccession(listener, loop, config.handshakeTimeout());
    this.channels = new DefaultChannelGroup(loop, true);
  }

  @Override
  public void start() {
    config
        .listen()
        .ifPresent(at -> listening = Sockets.listen(loop, "trunk.listen", at, this::accepted));
    watch = Silence.watch(channels, loop, config.idle());
    loop.scheduleWithFixedDelay(
        this::renewDue, RENEW_PERIOD_SECONDS, RENEW_PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    Channel listener = listening;
    if (listener != null) {
      listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
    Future<?> watching = watch;
    if (watching != null) {
      watching.cancel(false);
    }
    Sockets.runAndWait(
        loop,
        () -> {
          closed = true;
          dials.clear();
          channels.close();
        });
  }

  @Override
  public Address listening() {
    Channel listener = listening;
    if (listener == null) {
      throw new IllegalStateException(self + " has no trunk listener yet");
    }
    return config
        .own()
        .advertised()
        .orElseGet(() -> Sockets.bound(listener, config.listen().orElseThrow()));
  }

  @Override
  public Set<NodeId> connected() {
    Set<NodeId> connected = new TreeSet<>();
    up.forEach(
        (id, trunk) -> {
          if (!isStranger(trunk)) {
            connected.add(id);
          }
        });
    return connected;
  }

  @Override
  public boolean send(NodeId to, Envelope envelope) {
    Outbox.Taken taken;
    do {
      TrunkHandler trunk = up.get(to);
      taken = trunk == null ? Outbox.Taken.NO : trunk.send(envelope);
    } while (taken == Outbox.Taken.MOVED);
    return taken == Outbox.Taken.YES;
  }

  @Override
  public void recheck() {
    // Also those that are not up yet: one may have been let in by the list before.
    loop.execute(
        () ->
            channels.forEach(
                channel -> {
                  TrunkHandler trunk = channel.pipeline().get(TrunkHandler.class);
                  if (trunk != null) {
                    trunk.isRefused();
                  }
                }));
  }

  @Override
  public Optional<X509Certificate> certificate(NodeId connected) {
    TrunkHandler trunk = up.get(connected);
    return trunk == null ? Optional.empty() : Optional.ofNullable(trunk.certificate());
  }

  /** Connections refused so far, on either side: TLS, identity, limits. */
  public long refused() {
    return refusals.count();
  }

  @Override
  public void dial(NodeId to, Role expected, Address address) {
    loop.execute(
        () -> {
          Peer peer = new Peer(to, expected);
          TrunkDial dial = dials.get(to);
          if (dial != null && dial.expected().equals(peer)) {
            dial.address(address);
          } else if (!closed) {
            dial =
                new TrunkDial(peer, address, new Backoff(config.retryFirst(), config.retryMax()));
            dials.put(to, dial);
            attempt(dial);
          }
        });
  }

  @Override
  public void undial(NodeId to) {
    loop.execute(
        () -> {
          dials.remove(to);
          TrunkHandler trunk = up.get(to);
          if (trunk != null) {
            trunk.close("no longer wanted");
          }
        });
  }

  private boolean isWanted(TrunkDial dial) {
    return !closed && dials.get(dial.expected().id()) == dial;
  }

  private void attempt(TrunkDial dial) {
    if (!isWanted(dial) || dial.isUnderWay() || up.containsKey(dial.expected().id())) {
      return;
    }
    dial.underWay(true);
    Optional<SSLContext> context = context();
    if (context.isEmpty()) {
      again(dial);
      return;
    }
    Duration timeout = config.handshakeTimeout();
    Sockets.connect(
            loop,
            config.own(),
            dial.address(),
            timeout,
            channel ->
                pipeline(channel, dial, TrunkTls.dialling(context.get(), timeout), context.get()))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                log.debug(
                    "{}: {} at {} not reached: {}",
                    self,
                    dial.expected(),
                    dial.address(),
                    Reasons.of(done.cause()));
                again(dial);
              }
            });
  }

  private void again(TrunkDial dial) {
    if (isWanted(dial)) {
      dial.underWay(true);
      loop.schedule(
          () -> {
            dial.underWay(false);
            attempt(dial);
          },
          dial.backoff().nextMicros(),
          TimeUnit.MICROSECONDS);
    }
  }

  private void accepted(Channel channel) {
    Optional<SSLContext> context = context();
    if (closed || context.isEmpty() || handshakes >= config.handshakesMax()) {
      refusals.unread();
      channel.close();
      return;
    }
    handshakes++;
    pipeline(
        channel,
        null,
        TrunkTls.listening(context.get(), config.handshakeTimeout(), config.joiningMax() > 0),
        context.get());
  }

  /**
   * Replaces trunks this end dialled: those that were made with an older certificate of its own,
   * and those whose other end's is in its last quarter, so that no trunk outlives its certificates.
   * On the event loop.
   */
  void renewDue() {
    Optional<SSLContext> context = context();
    if (closed || context.isEmpty()) {
      return;
    }
    for (TrunkDial dial : List.copyOf(dials.values())) {
      TrunkHandler trunk = up.get(dial.expected().id());
      if (trunk != null && trunk.dialled() && trunk.isOld(context.get())) {
        trunk.announceNewer();
        Duration timeout = config.handshakeTimeout();
        Sockets.connect(
            loop,
            config.own(),
            dial.address(),
            timeout,
            channel ->
                pipeline(channel, dial, TrunkTls.dialling(context.get(), timeout), context.get()));
      }
    }
  }

  /** {@link #renewDue} now instead of within a minute. */
  void renewSoon() {
    loop.execute(this::renewDue);
  }

  /** Connections there are, replaced ones that have not ended included. */
  int open() {
    return channels.size();
  }

  private Optional<SSLContext> context() {
    try {
      return Optional.of(tls.get());
    } catch (IllegalStateException noCertificateYet) {
      return Optional.empty();
    }
  }

  private void pipeline(
      Channel channel, @Nullable TrunkDial dial, SslHandler secured, SSLContext made) {
    channels.add(channel);
    TrunkHandler handler =
        new TrunkHandler(
            new Ends(dial),
            self,
            dial == null ? null : dial.expected(),
            config.handshakeTimeout(),
            channel,
            config.outboundMax(),
            made);
    channel
        .pipeline()
        .addLast(secured)
        .addLast(new Silence(() -> false))
        .addLast(new FrameDecoder())
        .addLast(handler);
  }

  // Of two trunks dialled by the same end the newer stays; of two dialled by both the lower id's.
  private boolean takesPrecedence(TrunkHandler newer, TrunkHandler older, NodeId other) {
    boolean lowerDialledNewer = newer.dialled() == (self.id().compareTo(other) < 0);
    return newer.dialled() == older.dialled() || lowerDialledNewer;
  }

  private static boolean isStranger(TrunkHandler trunk) {
    Peer peer = trunk.peer();
    return peer != null && peer.role() == Role.JOINING;
  }

  private void refuse(@Nullable TrunkDial dial, TrunkHandler trunk, String why) {
    String remote = String.valueOf(trunk.remote());
    if (dial != null) {
      String to = dial.expected().toString();
      refusals.add(to, self + ": trunk to " + to + " at " + remote + " refused: " + why);
    } else {
      Peer peer = trunk.peer();
      String from = peer == null || isStranger(trunk) ? "a stranger" : peer.toString();
      String host = remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
      refusals.add(
          from + host, self + ": trunk from " + from + " at " + remote + " refused: " + why);
    }
  }

  /** What the connections of one dial, or all accepted ones, do to the whole. */
  private final class Ends implements TrunkHandler.Owner {
    private final @Nullable TrunkDial dial;
    private boolean handshaking; // counted in handshakes
    private long upAtNanos;

    Ends(@Nullable TrunkDial dial) {
      this.dial = dial;
      this.handshaking = dial == null;
    }

    @Override
    public @Nullable NodeId stranger() {
      if (strangers >= config.joiningMax()) {
        return null;
      }
      strangers++;
      return NodeId.of("joining-" + ++lastStranger);
    }

    @Override
    public boolean up(TrunkHandler trunk) {
      handshakeOver();
      Peer peer = Objects.requireNonNull(trunk.peer());
      TrunkHandler older = up.get(peer.id());
      if (older != null && !takesPrecedence(trunk, older, peer.id())) {
        return false;
      }
      if (older != null && succession.isExpected(trunk, older, peer.id())) {
        up.put(peer.id(), trunk);
        upAtNanos = System.nanoTime();
        succession.begin(peer.id(), trunk, older);
        log.info("{}: trunk {} renewed", self, peer);
        return true;
      }
      if (older != null) {
        up.remove(peer.id());
        older.close("replaced by a newer connection");
        listener.disconnected(peer, "replaced by a newer connection");
      }
      up.put(peer.id(), trunk);
      upAtNanos = System.nanoTime();
      if (!isStranger(trunk)) {
        refusals.over(peer.toString());
        log.info("{}: trunk {} → up", self, peer);
        listener.connected(peer);
      }
      return true;
    }

    @Override
    public void received(Peer from, Envelope envelope) {
      receiver.received(from, envelope);
    }

    @Override
    public Optional<String> refusal(X509Certificate certificate) {
      return check.refusal(certificate);
    }

    @Override
    public void closed(TrunkHandler trunk, String why) {
      handshakeOver();
      Peer peer = trunk.peer();
      if (isStranger(trunk)) {
        strangers--;
      }
      boolean current = peer != null && up.remove(peer.id(), trunk);
      if (peer != null && current && !isStranger(trunk)) {
        log.info("{}: trunk {} up → down: {}", self, peer, why);
        listener.disconnected(peer, why);
      } else if (!trunk.wasAccepted() && !closed) {
        refuse(dial, trunk, why);
      }
      if (peer != null) {
        succession.closed(trunk, peer, up.get(peer.id()), why);
      }
      redial(trunk, peer);
    }

    private void redial(TrunkHandler trunk, @Nullable Peer peer) {
      if (dial != null) {
        dial.underWay(false);
        if (trunk.wasAccepted() && System.nanoTime() - upAtNanos > config.retryMax().toNanos()) {
          dial.backoff().reset();
        }
        again(dial);
      } else if (peer != null) {
        TrunkDial other = dials.get(peer.id());
        if (other != null && !other.isUnderWay()) {
          again(other);
        }
      }
    }

    private void handshakeOver() {
      if (handshaking) {
        handshaking = false;
        handshakes--;
      }
    }
  }
}
