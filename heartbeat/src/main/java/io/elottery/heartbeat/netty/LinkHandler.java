package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkRefusal;
import io.elottery.heartbeat.link.PskIdentity;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of one of a link's connections, on its event loop.
 *
 * <pre>
 *   SECURING --secured, dialler: hello sent----> GREETING --welcome--------------> UP
 *   SECURING --secured, listener---------------> GREETING --hello as the key says--> UP (welcome sent)
 *   any      --anything unexpected-------------> CLOSED
 * </pre>
 *
 * <p>A newer connection may take its place while it is up: its own last frame leaves after all that
 * was sent on it, the other end's last frame ends its input, and the newer one's input is held
 * until then.
 */
final class LinkHandler extends SimpleChannelInboundHandler<Envelope> {
  private static final Envelope KEEPALIVE = new Envelope(HeartbeatKinds.KEEPALIVE, 1, new byte[0]);

  /** What a connection's owner does with it; all on the event loop. */
  interface Owner {
    /** The link is known and may be sent on; false when it is not wanted. */
    boolean up(LinkHandler connection, LinkHello hello);

    void received(LinkHello hello, Envelope envelope);

    /** The other end sends nothing more on it. */
    void inputEnded(LinkHandler connection, LinkHello hello);

    void closed(LinkHandler connection, @Nullable LinkHello hello, String why);
  }

  private enum State {
    SECURING,
    GREETING,
    UP,
    CLOSED
  }

  private final Owner owner;
  private final LinkTls tls;
  private final boolean dialled;
  private final Duration handshakeTimeout;
  private final Channel channel;
  private final Outbox outbox;
  private @Nullable LinkHello hello; // the dialler's own; the listener's once received
  private State state = State.SECURING;
  private final Queue<Envelope> held = new ArrayDeque<>();
  private boolean holds;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean isReplaced;
  private boolean wasUp;
  private boolean late;
  private @Nullable String why;

  LinkHandler(
      Owner owner,
      LinkTls tls,
      @Nullable LinkHello hello,
      Duration handshakeTimeout,
      Channel channel,
      long outboundMax) {
    this.owner = owner;
    this.tls = tls;
    this.hello = hello;
    this.dialled = hello != null;
    this.handshakeTimeout = handshakeTimeout;
    this.channel = channel;
    this.outbox = new Outbox(channel, outboundMax);
  }

  /** Any thread. */
  Outbox.Taken send(Envelope envelope) {
    return outbox.send(envelope);
  }

  /** Which link and connection it is, once known. */
  @Nullable LinkHello hello() {
    return hello;
  }

  boolean wasUp() {
    return wasUp;
  }

  boolean isSecured() {
    return tls.outcome().isComplete();
  }

  /** The epoch of its key; 0 before the handshake. */
  int epoch() {
    return tls.outcome().identity().map(PskIdentity::epoch).orElse(0);
  }

  /** What comes waits here, and soon at the other end, until {@link #release}. */
  void hold() {
    holds = true;
    channel.config().setAutoRead(false);
  }

  /** Hands on what was held. */
  void release() {
    LinkHello known = hello;
    if (!holds || known == null) {
      return;
    }
    holds = false;
    while (!held.isEmpty()) {
      taken(known, held.remove());
    }
    channel.config().setAutoRead(true);
  }

  boolean isHeld() {
    return holds;
  }

  /** A newer connection has its place: ends its output after what was sent on it. */
  void replaced() {
    isReplaced = true;
    outbox.finish(
        () -> {
          outputEnded = true;
          closeIfEnded();
        });
  }

  boolean isReplaced() {
    return isReplaced;
  }

  /** Whether nothing that the other end sent on it can be missing. */
  boolean hasInputEnded() {
    return inputEnded;
  }

  // The dialler says goodbye: the other end has nothing left to say, so nothing is lost by it.
  private void closeIfEnded() {
    if (dialled && inputEnded && outputEnded) {
      close("replaced");
    }
  }

  LinkRefusal refusal() {
    return late ? LinkRefusal.LIMIT : tls.outcome().refusal();
  }

  /** Whether it was more than a bare touch of the listener. */
  boolean wasTried() {
    return dialled || tls.anythingCame() || why != null;
  }

  @Nullable SocketAddress remote() {
    return channel.remoteAddress();
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
    channel
        .eventLoop()
        .schedule(
            () -> {
              if (state == State.SECURING || state == State.GREETING) {
                late = true;
                close("no handshake in time");
              }
            },
            handshakeTimeout.toMillis(),
            TimeUnit.MILLISECONDS);
    super.channelActive(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == LinkTls.SECURED) {
      state = State.GREETING;
      if (hello != null) {
        outbox.send(hello.toEnvelope());
      }
    } else if (event instanceof IdleStateEvent idle) {
      if (idle.state() == IdleState.READER_IDLE) {
        // Silent by agreement while held, or after the other end's last frame.
        if (!holds && !(inputEnded && isReplaced)) {
          close("silent for too long");
        }
      } else if (state == State.UP) {
        outbox.send(KEEPALIVE);
      }
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Envelope envelope)
      throws MalformedMessage {
    LinkHello known = hello;
    if (why != null) {
      return; // closing: its end is told already, or soon
    }
    if (state == State.UP && known != null) {
      if (holds) {
        held.add(envelope);
      } else {
        taken(known, envelope);
      }
    } else if (state == State.GREETING && known != null) {
      Welcome.recognised(envelope);
      goUp(ctx, known);
    } else if (state == State.GREETING) {
      helloCame(ctx, LinkHello.of(envelope));
    }
  }

  private void taken(LinkHello known, Envelope envelope) {
    if (envelope.kind() == HeartbeatKinds.LINK_LAST) {
      inputEnded = true;
      owner.inputEnded(this, known);
      closeIfEnded();
    } else if (envelope.kind() != HeartbeatKinds.KEEPALIVE && !inputEnded) {
      owner.received(known, envelope);
    }
  }

  private void helloCame(ChannelHandlerContext ctx, LinkHello said) {
    LinkId keyed = tls.outcome().identity().map(PskIdentity::link).orElse(null);
    if (!said.link().equals(keyed)) {
      close("says " + said.link() + " under the key of " + keyed);
      return;
    }
    hello = said;
    // First into the outbox: the dialler takes nothing before it.
    outbox.send(Welcome.to(new Peer(said.link().low(), Role.WORKER)));
    goUp(ctx, said);
  }

  private void goUp(ChannelHandlerContext ctx, LinkHello known) {
    ctx.pipeline().get(FrameDecoder.class).trust();
    if (owner.up(this, known)) {
      state = State.UP;
      wasUp = true;
    } else {
      close("link " + known.link() + " is not wanted here");
    }
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
      owner.closed(this, hello, why == null ? "closed by the other end" : why);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(Reasons.of(cause));
  }
}
