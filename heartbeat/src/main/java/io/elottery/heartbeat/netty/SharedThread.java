package io.elottery.heartbeat.netty;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Turns a {@link NodeLoop} on the thread of its connections: what came is dealt with, and what is
 * said leaves, without waking another thread. For a loop whose tasks are short and never wait. Its
 * timers are then late when the connections' thread is, and so are its impulses.
 */
final class SharedThread implements Lifecycle {
  private static final String NODE = "node";
  // A timer so near to the one wanted need not be made anew: what is early by it looks again.
  private static final long EARLY_NANOS = 1_000;

  private final String node;
  private final NodeLoop loop;
  private final EventLoop thread;
  // True while a turn is due. Written by posting threads, too.
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean stopped;
  private @Nullable ScheduledFuture<?> timer; // on the thread
  private long timerAt; // by the loop's clock, while there is a timer

  SharedThread(String node, NodeLoop loop, EventLoop thread) {
    this.node = node;
    this.loop = loop;
    this.thread = thread;
    loop.wakeWith(this::wake);
  }

  @Override
  public void start() {
    started = true;
    wake();
  }

  /** Stops turning after the current turn. Tasks still queued are not run. */
  @Override
  public void close() {
    stopped = true;
    Sockets.runAndWait(thread, this::disarm);
  }

  private void wake() {
    if (started && !stopped && !due.getAndSet(true)) {
      try {
        thread.execute(this::turn);
      } catch (RejectedExecutionException over) {
        stopped = true;
      }
    }
  }

  private void turn() {
    due.set(false);
    if (stopped) {
      return;
    }
    if (!node.equals(MDC.get(NODE))) {
      MDC.put(NODE, node);
    }
    loop.poll();
    // What waits behind a long turn comes as a timer, so that the connections are looked at first.
    arm(loop.queued() > 0 ? 0 : loop.nanosToNextTimer());
  }

  private void arm(long nanos) {
    long at = loop.time().nanos() + nanos;
    if (timer != null && nanos != Long.MAX_VALUE && Math.abs(timerAt - at) <= EARLY_NANOS) {
      return;
    }
    disarm();
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    timerAt = at;
    timer = thread.schedule(this::timerCame, nanos, TimeUnit.NANOSECONDS);
  }

  private void timerCame() {
    timer = null;
    turn();
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
