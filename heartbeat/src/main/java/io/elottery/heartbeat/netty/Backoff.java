package io.elottery.heartbeat.netty;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts: doubling, bounded, jittered by a quarter. On one event loop. */
final class Backoff {
  private final long firstMicros;
  private final long maxMicros;
  private long nextMicros;

  Backoff(Duration first, Duration max) {
    firstMicros = first.toNanos() / 1_000;
    maxMicros = max.toNanos() / 1_000;
    nextMicros = firstMicros;
  }

  /** The next pause, microseconds. */
  long nextMicros() {
    long pause = nextMicros;
    nextMicros = Math.min(maxMicros, Math.max(1_000, pause) * 2);
    return pause - pause / 8 + ThreadLocalRandom.current().nextLong(pause / 4 + 1);
  }

  /** Begins again with the shortest pause. */
  void reset() {
    nextMicros = firstMicros;
  }
}
