package io.elottery.deploy.bench.wire;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waiting, bounded. */
final class Patience {
  private static final long SECONDS = 15;

  private static final long END_NANOS = 500_000_000;

  private Patience() {}

  /** Gives handshakes under way the time to end. */
  static void letEnd() {
    long end = System.nanoTime() + END_NANOS;
    for (long left = END_NANOS; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("not connected within " + SECONDS + " s", failed);
    }
  }
}
