package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkRefusal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection does to the whole. On the event loop.
 *
 * <p>A connection that takes over is sent on at once and its input held; the old one ends when both
 * ends have said and heard its last frame. Should it break before, what it lost is told as a
 * connection that went down and came up again.
 */
final class LinkEnds implements LinkHandler.Owner {
  // How many times the idle time a replaced connection may take to end.
  private static final int LEAVING_IDLES = 3;

  private final LinkContext context;
  private final LinkDialler dialler;
  private final @Nullable LinkHello dialled;
  private final Runnable handshakeOver;
  private boolean handshaking;
  private long upAtNanos;

  /**
   * @param handshakeOver run once, for a connection that was accepted
   */
  LinkEnds(
      LinkContext context,
      LinkDialler dialler,
      @Nullable LinkHello dialled,
      Runnable handshakeOver) {
    this.context = context;
    this.dialler = dialler;
    this.dialled = dialled;
    this.handshakeOver = handshakeOver;
    this.handshaking = dialled == null;
  }

  @Override
  public boolean up(LinkHandler connection, LinkHello hello) {
    handshakeOver();
    LinkState state = context.state(hello.link());
    if (state == null || !state.admits(connection.epoch())) {
      return false;
    }
    Channel channel = hello.channel();
    LinkHandler old = hello.takesOver() ? state.current(channel) : null;
    if (old != null ? isBusy(state, old, channel) : hello.takesOver() && dialled != null) {
      return false;
    }
    upAtNanos = System.nanoTime();
    context.refusals.over(hello.link() + " " + channel);
    if (old == null) {
      // The dialler has one attempt at a time, so of two the newer is the one it still knows.
      context.end(state, channel, "replaced by a newer connection");
      state.up(channel, connection);
      context.log.info(
          "{}: link {} {} epoch {} → up", context.self, state.id(), channel, connection.epoch());
      context.listener().up(hello.link(), channel);
    } else {
      takeOver(state, channel, connection, old);
    }
    if (dialled != null) {
      dialler.isUp(state, hello);
    }
    context.tellRunning(state);
    return true;
  }

  private static boolean isBusy(LinkState state, LinkHandler old, Channel channel) {
    return state.leaving(channel) != null || old.isHeld();
  }

  private void takeOver(LinkState state, Channel channel, LinkHandler connection, LinkHandler old) {
    if (!old.hasInputEnded()) {
      connection.hold();
    }
    state.takeOver(channel, connection, old);
    old.replaced();
    context.log.info(
        "{}: link {} {} epoch {} → {}",
        context.self,
        state.id(),
        channel,
        old.epoch(),
        connection.epoch());
    context.loop.schedule(
        () -> {
          if (state.leaving(channel) == old) {
            old.close("did not end in time");
          }
        },
        LEAVING_IDLES * context.config.idle().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void received(LinkHello hello, Envelope envelope) {
    context.received(hello, envelope);
  }

  @Override
  public void inputEnded(LinkHandler connection, LinkHello hello) {
    LinkState state = context.state(hello.link());
    if (state != null && state.leaving(hello.channel()) == connection) {
      released(state, hello.channel());
    }
  }

  private static void released(LinkState state, Channel channel) {
    LinkHandler current = state.current(channel);
    if (current != null) {
      current.release();
    }
  }

  @Override
  public void closed(LinkHandler connection, @Nullable LinkHello hello, String why) {
    handshakeOver();
    LinkState state = hello == null ? null : context.state(hello.link());
    if (hello == null || state == null) {
      if (!connection.wasUp() && connection.wasTried() && !context.isClosed()) {
        refuse(connection, hello, why);
      }
      return;
    }
    Channel channel = hello.channel();
    if (state.leaving(channel) == connection) {
      left(state, channel, connection, why);
    } else if (state.current(channel) == connection) {
      context.end(state, channel, why);
      goOn(state, connection, hello);
    } else if (!connection.wasUp()) {
      // Both ends proved the key and only want to wait: no refusal.
      boolean early = hello.takesOver() && connection.isSecured();
      if (connection.wasTried() && !early && !context.isClosed()) {
        refuse(connection, hello, why);
      }
      goOn(state, connection, hello);
    } else if (!connection.isReplaced()) {
      goOn(state, connection, hello);
    }
  }

  private void left(LinkState state, Channel channel, LinkHandler connection, String why) {
    state.left(channel);
    if (!connection.hasInputEnded()) {
      context.log.info("{}: link {} {} lost its end: {}", context.self, state.id(), channel, why);
      context.listener().down(state.id(), channel, why);
      context.listener().up(state.id(), channel);
      released(state, channel);
    }
    if (dialled != null) {
      dialler.moveSoon(state, channel);
    }
  }

  private void refuse(LinkHandler connection, @Nullable LinkHello hello, String why) {
    String remote = String.valueOf(connection.remote());
    LinkRefusal reason = connection.refusal();
    if (dialled != null) {
      String link = dialled.link() + " " + dialled.channel();
      context.refusals.add(
          reason, link, context.self + ": link " + link + " to " + remote + " refused: " + why);
    } else {
      String link = hello == null ? "an unknown link" : hello.link().toString();
      String host = remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
      context.refusals.add(
          reason,
          host,
          context.self + ": connection of " + link + " from " + remote + " refused: " + why);
    }
  }

  private void goOn(LinkState state, LinkHandler connection, LinkHello hello) {
    if (dialled == null) {
      dialler.touch(state);
      return;
    }
    if (connection.refusal() == LinkRefusal.UNKNOWN_IDENTITY && !connection.wasUp()) {
      dialler.unknown(state, hello, connection.epoch());
    }
    if (hello.takesOver() && !connection.wasUp()) {
      dialler.overEnded(state, hello.channel());
      return;
    }
    LinkState.Dial dial = state.dial(hello.channel());
    if (connection.wasUp() && System.nanoTime() - upAtNanos > context.config.retryMax().toNanos()) {
      dial.backoff().reset();
    }
    dialler.again(state, hello.channel());
  }

  private void handshakeOver() {
    if (handshaking) {
      handshaking = false;
      handshakeOver.run();
    }
  }
}
