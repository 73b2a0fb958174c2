package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.PskIdentity;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections: the first ones of a link, those that take over under another epoch, and the
 * bare touches that prove a death. On the event loop.
 *
 * <p>While the newest epoch is refused as unknown (the other end may have died before its disk had
 * it), the next older one is tried in turn; a link that runs under an older one is moved as soon as
 * the other end knows the newer.
 */
final class LinkDialler {
  /** Turns a socket into a connection of the link. */
  interface Pipeline {
    void make(io.netty.channel.Channel socket, LinkTls tls, LinkHello hello);
  }

  private final LinkContext context;
  private final Pipeline pipeline;

  LinkDialler(LinkContext context, Pipeline pipeline) {
    this.context = context;
    this.pipeline = pipeline;
  }

  /** Makes the connection, unless it is there or being made. */
  void attempt(LinkState state, Channel channel) {
    LinkState.Dial dial = state.dial(channel);
    if (!context.isWanted(state) || state.isCut() || dial.isUnderWay || state.isUp(channel)) {
      return;
    }
    dial.isUnderWay = true;
    int newest = context.keys.sendEpoch(state.id());
    int epoch = dial.fallback > 0 ? Math.min(dial.fallback, newest) : newest;
    if (!connect(state, channel, epoch, false)) {
      dial.fallback = 0;
      again(state, channel);
    }
  }

  /** After a connection or an attempt has ended. */
  void again(LinkState state, Channel channel) {
    context.loop.schedule(
        () -> {
          state.dial(channel).isUnderWay = false;
          attempt(state, channel);
        },
        state.dial(channel).backoff().nextMicros(),
        TimeUnit.MICROSECONDS);
  }

  /**
   * The listener did not know the epoch: the next older one in turn, after the oldest the newest.
   */
  void unknown(LinkState state, LinkHello hello, int epoch) {
    if (!hello.takesOver()) {
      state.dial(hello.channel()).fallback = context.keys.olderEpoch(state.id(), epoch);
    }
  }

  /** Moves both connections to the newest epoch now, where they run under another. */
  void move(LinkState state) {
    for (Channel channel : Channel.values()) {
      LinkState.Dial dial = state.dial(channel);
      dial.fallback = 0;
      dial.overBackoff().reset();
      takeOver(state, channel);
    }
  }

  /** Moves one connection a little later. */
  void moveSoon(LinkState state, Channel channel) {
    LinkState.Dial dial = state.dial(channel);
    if (!dial.isOverDue && needsMove(state, channel)) {
      dial.isOverDue = true;
      context.loop.schedule(
          () -> {
            dial.isOverDue = false;
            takeOver(state, channel);
          },
          dial.overBackoff().nextMicros(),
          TimeUnit.MICROSECONDS);
    }
  }

  /** One of this end's connections is up. */
  void isUp(LinkState state, LinkHello hello) {
    LinkState.Dial dial = state.dial(hello.channel());
    dial.fallback = 0;
    if (hello.takesOver()) {
      dial.isOverUnderWay = false;
      dial.overBackoff().reset();
    }
    moveSoon(state, hello.channel());
  }

  /** An attempt to take over has ended, well or not. */
  void overEnded(LinkState state, Channel channel) {
    state.dial(channel).isOverUnderWay = false;
    moveSoon(state, channel);
  }

  private boolean needsMove(LinkState state, Channel channel) {
    LinkHandler current = state.current(channel);
    int newest = context.keys.sendEpoch(state.id());
    return context.isWanted(state)
        && context.dials(state.id())
        && !state.isCut()
        && current != null
        && newest > 0
        && current.epoch() != newest;
  }

  private void takeOver(LinkState state, Channel channel) {
    LinkState.Dial dial = state.dial(channel);
    // One at a time: whatever ends what is under way comes here again.
    if (dial.isOverUnderWay || state.leaving(channel) != null || !needsMove(state, channel)) {
      return;
    }
    dial.isOverUnderWay = true;
    if (!connect(state, channel, context.keys.sendEpoch(state.id()), true)) {
      overEnded(state, channel);
    }
  }

  private boolean connect(LinkState state, Channel channel, int epoch, boolean takesOver) {
    LinkId link = state.id();
    PskIdentity identity = new PskIdentity(link, epoch);
    Optional<byte[]> key =
        epoch > 0 && state.admits(epoch)
            ? context.keys.psk(link, epoch, identity.text())
            : Optional.empty();
    if (key.isEmpty()) {
      return false;
    }
    LinkHello hello = new LinkHello(link, channel, takesOver);
    Sockets.connect(
            context.loop,
            context.config.own(),
            state.other(),
            context.config.handshakeTimeout(),
            socket ->
                pipeline.make(socket, LinkTls.dialling(context.crypto, identity, key.get()), hello))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                notReached(state, hello, done.cause());
              }
            });
    return true;
  }

  private void notReached(LinkState state, LinkHello hello, Throwable cause) {
    context.log.debug(
        "{}: {} at {} not reached: {}",
        context.self,
        state.id(),
        state.other(),
        cause.getMessage());
    if (hello.takesOver()) {
      overEnded(state, hello.channel());
      return;
    }
    if (isRefusal(cause) && context.isWanted(state) && state.wasEverUp()) {
      context.listener().refusedReconnect(state.id());
    }
    state.dial(hello.channel()).fallback = 0;
    again(state, hello.channel());
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
  }

  /** The end that does not dial has no other way to tell a lost connection from a lost process. */
  void touch(LinkState state) {
    if (state.isTouchUnderWay() || !needsTouch(state)) {
      return;
    }
    state.touchUnderWay(true);
    context.loop.schedule(
        () -> touchNow(state), state.touching().nextMicros(), TimeUnit.MICROSECONDS);
  }

  private void touchNow(LinkState state) {
    if (!needsTouch(state)) {
      state.touchUnderWay(false);
      state.touching().reset();
      return;
    }
    Sockets.connect(
            context.loop,
            context.config.own(),
            state.other(),
            context.config.handshakeTimeout(),
            socket -> {})
        .addListener(
            (ChannelFuture done) -> {
              done.channel().close();
              state.touchUnderWay(false);
              if (!done.isSuccess() && isRefusal(done.cause()) && needsTouch(state)) {
                context.listener().refusedReconnect(state.id());
              }
              touch(state);
            });
  }

  private boolean needsTouch(LinkState state) {
    return context.isWanted(state)
        && state.wasEverUp()
        && !(state.isUp(Channel.IMPULSE) && state.isUp(Channel.WORK));
  }
}
