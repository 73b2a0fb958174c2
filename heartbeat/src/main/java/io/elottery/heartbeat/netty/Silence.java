package io.elottery.heartbeat.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Notices that nothing came on a connection for the idle time, and that nothing was said on it for
 * a third of it; tells the next handler by Netty's own events. All connections of an owner are
 * looked at together, {@value #ROUNDS} times in the idle time: two flags for a message, no timer
 * and no clock for a connection. On the event loop.
 *
 * <p>While another connection to the same server is known to carry signs of life this one needs
 * few: {@value #LENIENT} times as few, and that much longer may it be silent.
 */
final class Silence extends ChannelDuplexHandler {
  private static final int ROUNDS = 6;
  private static final int SAID_ROUNDS = ROUNDS / 3;
  private static final int LENIENT = 5;

  private final BooleanSupplier lenient;
  private boolean heard;
  private boolean said;
  private int unheard; // rounds since something came
  private int unheardAlone; // the same, but only while it needs signs of life of its own
  private int unsaid; // rounds since something was said

  /**
   * @param lenient whether another connection carries signs of life of the same server now
   */
  Silence(BooleanSupplier lenient) {
    this.lenient = lenient;
  }

  /** Looks at all of these from now on, until the answer is cancelled. */
  static Future<?> watch(Collection<Channel> channels, EventLoop loop, Duration idle) {
    long period = Math.max(1, idle.toMillis() / ROUNDS);
    return loop.scheduleWithFixedDelay(
        () -> channels.forEach(Silence::lookAt), period, period, TimeUnit.MILLISECONDS);
  }

  private static void lookAt(Channel channel) {
    ChannelHandlerContext ctx = channel.pipeline().context(Silence.class);
    if (ctx != null && channel.isActive()) {
      ((Silence) ctx.handler()).look(ctx);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    boolean needsLess = lenient.getAsBoolean();
    unheard = heard ? 0 : unheard + 1;
    unheardAlone = heard || needsLess ? 0 : unheardAlone + 1;
    unsaid = said ? 0 : unsaid + 1;
    heard = false;
    said = false;
    if (unheardAlone >= ROUNDS || unheard >= LENIENT * ROUNDS) {
      ctx.fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
    } else if (unsaid >= (needsLess ? LENIENT * SAID_ROUNDS : SAID_ROUNDS)) {
      ctx.fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heard = true;
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    said = true;
    ctx.write(message, promise);
  }
}
