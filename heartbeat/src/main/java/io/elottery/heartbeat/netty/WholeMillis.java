package io.elottery.heartbeat.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An event loop's waiting, with timers late by less than a millisecond instead of waited for in a
 * busy loop: selectors wait whole milliseconds, and Netty's rounds to the nearest, so that half of
 * all timers would cost up to half a millisecond of processor time each.
 */
final class WholeMillis implements IoHandler {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final IoHandler waiting;
  private @Nullable Rounded rounded; // of the one loop, on it

  private WholeMillis(IoHandler waiting) {
    this.waiting = waiting;
  }

  static IoHandlerFactory of(IoHandlerFactory factory) {
    return executor -> new WholeMillis(factory.newHandler(executor));
  }

  /** The whole milliseconds that are not less. */
  static long roundedUp(long nanos) {
    return nanos <= 0 || nanos > Long.MAX_VALUE - MILLI
        ? nanos
        : (nanos + MILLI - 1) / MILLI * MILLI;
  }

  @Override
  public void initialize() {
    waiting.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    Rounded known = rounded;
    if (known == null || known.context != context) {
      known = new Rounded(context);
      rounded = known;
    }
    return waiting.run(known);
  }

  @Override
  public void prepareToDestroy() {
    waiting.prepareToDestroy();
  }

  @Override
  public void destroy() {
    waiting.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return waiting.register(handle);
  }

  @Override
  public void wakeup() {
    waiting.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return waiting.isCompatible(handleType);
  }

  /** What the loop says of its tasks and timers, but for the delay. */
  private record Rounded(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return context.canBlock();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return roundedUp(context.delayNanos(currentTimeNanos));
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      context.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }
  }
}
