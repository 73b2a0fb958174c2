package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.LinkRefusal;
import io.elottery.heartbeat.link.Links;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.Purpose;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Links} over Netty with Bouncy Castle's TLS.
 *
 * <p>All connections live on one event loop: keys are asked for, and receivers and the listener
 * called, on it. Per link and channel, between {@code up} and {@code down} come exactly the
 * messages that were sent in that time, in order: of one connection, or of several that took over
 * one from another.
 */
public final class NettyLinks implements Links {
  private static final Logger log = LoggerFactory.getLogger(NettyLinks.class);
  // What a retired connection may take to say what it had taken: long, where processors are busy.
  private static final long RETIRE_GRACE_MILLIS = 10_000;

  private final NodeId self;
  private final LinkConfig config;
  private final EventLoop loop;
  private final ChannelGroup channels;
  private final LinkContext context;
  private final LinkDialler dialler;
  private volatile io.netty.channel.@Nullable Channel listening; // written by the starting thread
  private volatile @Nullable Future<?> watch; // written by the starting thread
  private int handshakes;

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
    this.loop = runtime.nextLoop();
    this.channels = new DefaultChannelGroup(loop, true);
    // One shared source of chance, and the JDK's own AES before Bouncy Castle's slower one.
    SecureRandom random = new SecureRandom();
    this.context =
        new LinkContext(
            self,
            config,
            keys,
            new LinkContext.Listeners(workReceiver, impulseReceiver, listener),
            loop,
            new JcaTlsCryptoProvider().create(random, random),
            log);
    this.dialler = new LinkDialler(context, this::pipeline);
  }

  @Override
  public void start() {
    listening = Sockets.listen(loop, "link.listen", config.listen(), this::accepted);
    watch = Silence.watch(channels, loop, config.idle());
  }

  @Override
  public void close() {
    io.netty.channel.Channel listener = listening;
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
          // First: that links go down because of us is no news about the others.
          context.closed();
          channels.close();
        });
  }

  @Override
  public Address listening() {
    io.netty.channel.Channel listener = listening;
    if (listener == null) {
      throw new IllegalStateException(self + " has no link listener yet");
    }
    return config.own().advertised().orElseGet(() -> Sockets.bound(listener, config.listen()));
  }

  @Override
  public Transport work(Purpose purpose) {
    return (to, envelope) -> send(to, purpose, Channel.WORK, envelope);
  }

  @Override
  public Transport impulses() {
    return (to, envelope) -> send(to, Purpose.NEIGHBOUR, Channel.IMPULSE, envelope);
  }

  /**
   * Turns a loop on the thread of these connections, from its start to its close: for one whose
   * tasks are short and never wait, and mostly take or send what crosses these links.
   *
   * @param node the server's name, put into the log lines of the loop
   */
  public Lifecycle turns(String node, NodeLoop turned) {
    return new SharedThread(node, turned, loop);
  }

  private boolean send(NodeId to, Purpose purpose, Channel channel, Envelope envelope) {
    if (to.equals(self)) {
      return false;
    }
    LinkState state = context.state(LinkId.between(self, to, purpose));
    return state != null && state.send(channel, envelope);
  }

  @Override
  public boolean up(LinkId link, Channel channel) {
    LinkState state = context.state(link);
    return state != null && state.isUp(channel);
  }

  @Override
  public int epoch(LinkId link) {
    LinkState state = context.state(link);
    return state == null ? 0 : state.epoch();
  }

  /** Connections refused so far, on either side. */
  public long refused() {
    return context.refusals.count();
  }

  /** Those refused for this reason. */
  public long refused(LinkRefusal reason) {
    return context.refusals.count(reason);
  }

  @Override
  public void open(LinkId link, Address other) {
    link.other(self); // checks that it is ours
    loop.execute(
        () -> {
          if (!context.isClosed()) {
            LinkState state = context.opened(new LinkState(link, other, config));
            state.other(other);
            state.cut(false);
            dial(state);
          }
        });
  }

  @Override
  public CompletableFuture<Void> rekey(LinkId link, int epoch) {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    loop.execute(
        () -> {
          LinkState state = context.state(link);
          if (state == null) {
            outcome.cancel(false);
            return;
          }
          state.cut(false);
          state.want(epoch).whenComplete((done, problem) -> pass(problem, outcome));
          if (state.runs(epoch)) {
            state.running(epoch);
          } else {
            dialler.move(state);
            dial(state);
          }
        });
    return outcome;
  }

  private static void pass(@Nullable Throwable problem, CompletableFuture<Void> outcome) {
    if (problem == null) {
      outcome.complete(null);
    } else {
      outcome.cancel(false);
    }
  }

  @Override
  public void retire(LinkId link, int oldestEpoch) {
    loop.execute(
        () -> {
          LinkState state = context.state(link);
          if (state != null) {
            state.retire(oldestEpoch);
            for (Channel channel : Channel.values()) {
              retire(state, channel, oldestEpoch);
            }
          }
        });
  }

  private void retire(LinkState state, Channel channel, int oldestEpoch) {
    LinkHandler current = state.current(channel);
    LinkHandler leaving = state.leaving(channel);
    if (current != null && current.epoch() < oldestEpoch) {
      context.end(state, channel, "its key is retired");
    } else if (leaving != null && leaving.epoch() < oldestEpoch) {
      loop.schedule(
          () -> leaving.close("its key is retired"), RETIRE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public CompletableFuture<Void> cut(LinkId link) {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    loop.execute(
        () -> {
          LinkState state = context.state(link);
          if (state != null) {
            state.cut(true);
            end(state, "cut");
          }
          outcome.complete(null);
        });
    return outcome;
  }

  @Override
  public void close(LinkId link) {
    loop.execute(
        () -> {
          LinkState state = context.removed(link);
          if (state != null) {
            state.noLongerWanted();
            end(state, "no longer wanted");
          }
        });
  }

  private void end(LinkState state, String why) {
    for (Channel channel : Channel.values()) {
      context.end(state, channel, why);
    }
  }

  private void dial(LinkState state) {
    if (context.dials(state.id())) {
      for (Channel channel : Channel.values()) {
        dialler.attempt(state, channel);
      }
    }
  }

  private void accepted(io.netty.channel.Channel socket) {
    if (context.isClosed() || handshakes >= config.handshakesMax()) {
      context.refusals.unread();
      socket.close();
      return;
    }
    handshakes++;
    pipeline(socket, LinkTls.listening(context.crypto, context::keyOf), null);
  }

  private void pipeline(io.netty.channel.Channel socket, LinkTls tls, @Nullable LinkHello hello) {
    channels.add(socket);
    LinkHandler handler =
        new LinkHandler(
            new LinkEnds(context, dialler, hello, () -> handshakes--),
            tls,
            hello,
            config.handshakeTimeout(),
            socket,
            config.outboundMax());
    socket
        .pipeline()
        .addLast(tls)
        .addLast(new Silence(() -> context.hasImpulses(handler)))
        .addLast(new FrameDecoder())
        .addLast(handler);
  }
}
