package io.elottery.deploy.checker;

import java.util.concurrent.locks.LockSupport;

/** Lets so many through in a second, evenly. Thread-safe. */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private final long apartNanos; // 0: no bound
  private long next = System.nanoTime();

  Pace(double perSecond) {
    apartNanos = perSecond == 0 ? 0 : (long) (SECOND / perSecond);
  }

  /** Returns when it is the caller's turn, or when the caller is interrupted. */
  void await() {
    long turn = turn();
    for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(left);
    }
  }

  private synchronized long turn() {
    long now = System.nanoTime();
    // What was not used is not made up for.
    next = Math.max(next + apartNanos, now);
    return next;
  }
}
