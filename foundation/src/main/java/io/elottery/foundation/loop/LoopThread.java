package io.elottery.foundation.loop;

import io.elottery.foundation.lifecycle.Lifecycle;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.MDC;

/** The thread that turns a {@link NodeLoop} in production. Parks while there is nothing to do. */
public final class LoopThread implements Lifecycle {
  private static final long STOP_WAIT_MILLIS = 5_000;

  private final NodeLoop loop;
  private final String node;
  private final Thread thread;
  // Foreign threads: the posting ones read parked, the stopping one writes stopping.
  private volatile boolean parked;
  private volatile boolean stopping;

  /**
   * @param node the server's name, put into every log line of this thread
   */
  public LoopThread(String node, NodeLoop loop) {
    this.loop = loop;
    this.node = node;
    this.thread = new Thread(this::turn, node + "/" + loop.name());
    thread.setDaemon(true);
    loop.wakeWith(this::wake);
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Stops turning after the current turn. Tasks still queued are not run. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(STOP_WAIT_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    MDC.put("node", node);
    while (!stopping) {
      if (loop.poll() > 0) {
        continue;
      }
      parked = true;
      // Looked at again after parked is visible: a post between poll and here would be missed.
      if (loop.queued() == 0 && !stopping) {
        LockSupport.parkNanos(this, loop.nanosToNextTimer());
      }
      parked = false;
    }
  }

  private void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }
}
