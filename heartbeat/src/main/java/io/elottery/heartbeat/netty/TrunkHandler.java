package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * One trunk's life, on its event loop.
 *
 * <pre>
 *   SECURING --TLS done, listener--------------> UP (a welcome is sent)
 *   SECURING --TLS done, dialler: as expected--> GREETING --welcome names us--> UP
 *   any      --anything unexpected-------------> CLOSED
 * </pre>
 *
 * <p>The welcome is needed because in TLS 1.3 the dialler is done before the listener has looked at
 * its certificate (RFC 8446 §4.4.2).
 */
final class TrunkHandler extends SimpleChannelInboundHandler<Envelope> {
  /** What a stranger may ask for: to be enrolled (keyvault's ENROL). */
  private static final int ENROL = 0x0301;

  private static final int INNER_KIND_AT = 9; // in the body of a call
  private static final Duration JOINING_MAX = Duration.ofSeconds(10);
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);
  private static final Envelope RENEWS = new Envelope(HeartbeatKinds.TRUNK_RENEWS, 1, new byte[0]);
  private static final Envelope KEEPALIVE = new Envelope(HeartbeatKinds.KEEPALIVE, 1, new byte[0]);

  /** What a trunk's owner does with it; all on the event loop. */
  interface Owner {
    /** The name for one more stranger; null when there are too many. */
    @Nullable NodeId stranger();

    /** The peer is known and may be sent to. False when another connection takes precedence. */
    boolean up(TrunkHandler trunk);

    void received(Peer from, Envelope envelope);

    void closed(TrunkHandler trunk, String why);

    /** Why this certificate is not accepted; empty when it is. */
    Optional<String> refusal(X509Certificate certificate);
  }

  private enum State {
    SECURING,
    GREETING,
    UP,
    CLOSED
  }

  private final Owner owner;
  private final Peer self;
  private final @Nullable Peer expected; // non-null: this end dialled
  private final Duration handshakeTimeout;
  private final Outbox outbox;
  private final Channel channel;
  private final SSLContext made;
  private final long madeAtNanos = System.nanoTime();
  private State state = State.SECURING;
  private final Queue<Envelope> held = new ArrayDeque<>();
  private boolean holds;
  private boolean renews;
  private long renewsAtNanos;
  private boolean inputEnded;
  private boolean outputEnded;
  private @Nullable Runnable successor; // of the trunk that has this one's place
  private boolean accepted;
  private @Nullable Peer peer;
  private volatile @Nullable X509Certificate certificate; // set on the loop, once
  private @Nullable String why;

  TrunkHandler(
      Owner owner,
      Peer self,
      @Nullable Peer expected,
      Duration handshakeTimeout,
      Channel channel,
      long outboundMax,
      SSLContext made) {
    this.made = made;
    this.owner = owner;
    this.self = self;
    this.expected = expected;
    this.handshakeTimeout = handshakeTimeout;
    this.channel = channel;
    this.outbox = new Outbox(channel, outboundMax);
  }

  Outbox.Taken send(Envelope envelope) {
    return outbox.send(envelope);
  }

  /** Whether its certificates are older than need be, given what would be shown now. */
  boolean isOld(SSLContext now) {
    X509Certificate shown = certificate;
    if (state != State.UP || expectsNewer()) {
      return false;
    }
    if (made != now) {
      return true;
    }
    // Not more often: the other end may have none newer yet.
    return shown != null
        && System.nanoTime() - madeAtNanos > AGAIN_AFTER.toNanos()
        && isInItsLastQuarter(shown);
  }

  private static boolean isInItsLastQuarter(X509Certificate certificate) {
    long until = certificate.getNotAfter().getTime();
    long quarter = (until - certificate.getNotBefore().getTime()) / 4;
    return System.currentTimeMillis() > until - quarter;
  }

  /** Says that a newer trunk comes; the other end then lets it take over. On the event loop. */
  void announceNewer() {
    if (outbox.send(RENEWS) == Outbox.Taken.YES) {
      renewsAtNanos = System.nanoTime();
      renews = true;
    }
  }

  /** Whether a newer trunk was announced on it not too long ago. */
  boolean expectsNewer() {
    return state == State.UP
        && renews
        && System.nanoTime() - renewsAtNanos < handshakeTimeout.multipliedBy(2).toNanos();
  }

  /** What comes waits until {@link #resume}. */
  void hold() {
    holds = true;
    channel.config().setAutoRead(false);
  }

  /** Hands on what was held. */
  void resume() {
    Peer from = peer;
    if (holds && from != null) {
      holds = false;
      while (!held.isEmpty()) {
        owner.received(from, held.remove());
      }
      channel.config().setAutoRead(true);
    }
  }

  /**
   * A newer trunk has its place: it sends its last frame.
   *
   * @param whenInputEnded run once the other end has, too; at once when it has
   */
  void replaced(Runnable whenInputEnded) {
    successor = whenInputEnded;
    if (inputEnded) {
      whenInputEnded.run();
    }
    outbox.finish(
        () -> {
          outputEnded = true;
          closeIfEnded();
        });
  }

  /** Whether nothing that the other end sent on it can be missing. */
  boolean isInputEnded() {
    return inputEnded;
  }

  private void inputEnded() {
    inputEnded = true;
    Runnable next = successor;
    if (next != null) {
      next.run();
    }
    closeIfEnded();
  }

  // The dialler says goodbye: the other end has nothing left to say, so nothing is lost by it.
  private void closeIfEnded() {
    if (dialled() && inputEnded && outputEnded) {
      close("renewed");
    }
  }

  /** The other end, once it is known. */
  @Nullable Peer peer() {
    return peer;
  }

  /** What the other end has shown. */
  @Nullable X509Certificate certificate() {
    return certificate;
  }

  @Nullable SocketAddress remote() {
    return channel.remoteAddress();
  }

  boolean dialled() {
    return expected != null;
  }

  /** Whether it was up, and not forbidden what it came for. */
  boolean wasAccepted() {
    return accepted;
  }

  /** On the event loop. */
  void close(String because) {
    if (why == null) {
      why = because;
    }
    channel.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    after(handshakeTimeout.multipliedBy(2), "not greeted in time", State.SECURING, State.GREETING);
    super.channelActive(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        secured(ctx);
      } else {
        close("TLS refused: " + Reasons.of(done.cause()));
      }
    } else if (event instanceof IdleStateEvent idle) {
      if (idle.state() == IdleState.READER_IDLE) {
        close("silent for too long");
      } else if (state == State.UP) {
        outbox.send(KEEPALIVE);
      }
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  private void secured(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    certificate = TrunkTls.certificate(tls.engine().getSession()).orElse(null);
    if (isRefused()) {
      return;
    }
    try {
      peer = TrunkTls.peer(tls.engine().getSession()).orElse(null);
    } catch (SSLPeerUnverifiedException refused) {
      close(Reasons.of(refused));
      return;
    }
    if (expected != null) {
      greetListener(expected);
    } else {
      greetDialler(ctx);
    }
  }

  /** Closes where the certificate behind it is not, or no more, accepted. On the event loop. */
  boolean isRefused() {
    X509Certificate shown = certificate;
    if (shown == null) {
      return false;
    }
    Optional<String> refusal = owner.refusal(shown);
    refusal.ifPresent(because -> close(shown.getSubjectX500Principal() + ": " + because));
    return refusal.isPresent();
  }

  private void greetListener(Peer expected) {
    if (!expected.equals(peer)) {
      close("expected " + expected + ", its certificate says " + peer);
      return;
    }
    state = State.GREETING;
  }

  private void greetDialler(ChannelHandlerContext ctx) {
    if (peer == null) {
      NodeId name = owner.stranger();
      if (name == null) {
        close("too many join at once");
        return;
      }
      peer = new Peer(name, Role.JOINING);
      after(JOINING_MAX, "joined for too long", State.UP);
    } else {
      trust(ctx);
    }
    // First into the outbox: the dialler sends and takes nothing before it.
    outbox.send(Welcome.to(peer));
    goUp();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Envelope envelope) {
    Peer from = peer;
    if (state == State.GREETING) {
      greeted(ctx, envelope);
    } else if (state == State.UP && envelope.kind() == HeartbeatKinds.LINK_LAST) {
      inputEnded();
    } else if (state == State.UP && envelope.kind() == HeartbeatKinds.TRUNK_RENEWS) {
      renewsAtNanos = System.nanoTime();
      renews = !dialled();
    } else if (state == State.UP && from != null && envelope.kind() != HeartbeatKinds.KEEPALIVE) {
      if (from.role() == Role.JOINING && !asksToEnrol(envelope)) {
        accepted = false;
        close("without a certificate only enrolment is served, it sent " + envelope);
        return;
      }
      if (from.role() == Role.ZOOKEEPER && !asksToEnrol(envelope) && !answers(envelope)) {
        close("a ZooKeeper server may renew its certificate only, it sent " + envelope);
        return;
      }
      accepted = true;
      if (holds) {
        held.add(envelope);
      } else {
        owner.received(from, envelope);
      }
    }
  }

  private void greeted(ChannelHandlerContext ctx, Envelope envelope) {
    try {
      Peer recognised = Welcome.recognised(envelope);
      if (!recognised.equals(self)) {
        close("it takes us for " + recognised + ", our certificate was not accepted");
        return;
      }
      trust(ctx);
      goUp();
    } catch (MalformedMessage malformed) {
      close(Reasons.of(malformed));
    }
  }

  private void trust(ChannelHandlerContext ctx) {
    ctx.pipeline().get(FrameDecoder.class).trust();
  }

  private void goUp() {
    if (owner.up(this)) {
      state = State.UP;
      // A stranger has yet to ask for what strangers may.
      accepted = peer != null && peer.role() != Role.JOINING;
    } else {
      close("another connection to it takes precedence");
    }
  }

  private static boolean asksToEnrol(Envelope envelope) {
    byte[] body = envelope.body();
    return envelope.kind() == Switchboard.REQUEST
        && body.length > INNER_KIND_AT + 1
        && ((body[INNER_KIND_AT] & 0xff) << 8 | (body[INNER_KIND_AT + 1] & 0xff)) == ENROL;
  }

  private static boolean answers(Envelope envelope) {
    return envelope.kind() == Switchboard.RESPONSE || envelope.kind() == Switchboard.REFUSAL;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    outbox.writabilityChanged();
    super.channelWritabilityChanged(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    if (state != State.CLOSED) {
      state = State.CLOSED;
      owner.closed(this, why == null ? theOtherEnd() : why);
    }
  }

  private String theOtherEnd() {
    return peer != null && peer.role() == Role.JOINING && !accepted
        ? "showed no certificate of our authority and did not ask to enrol"
        : "closed by the other end";
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(Reasons.of(cause));
  }

  private void after(Duration delay, String because, State... states) {
    channel
        .eventLoop()
        .schedule(
            () -> {
              for (State one : states) {
                if (state == one) {
                  close(because);
                }
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
