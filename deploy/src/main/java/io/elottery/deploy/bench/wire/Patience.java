package io.elottery.deploy.bench.wire;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a connection, bounded. */
final class Patience {
  private static final long SECONDS = 15;

  private Patience() {}

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
