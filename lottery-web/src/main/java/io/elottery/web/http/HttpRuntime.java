package io.elottery.web.http;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP server's threads: one event loop for each gateway; for more, run more gateways. */
public final class HttpRuntime implements Lifecycle {
  private static final long STOP_WAIT_SECONDS = 5;
  private static final int HARD_WORKERS = 2;

  private @Nullable Vertx vertx;
  private @Nullable Context context;
  private @Nullable WorkerExecutor workers;

  @Override
  public void start() {
    // No files are served from disk and nothing blocks: one event loop, the least of workers.
    Vertx opened =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                // Where it can be had; else the JDK's selectors.
                .setPreferNativeTransport(true)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    vertx = opened;
    context = opened.getOrCreateContext();
    workers = opened.createSharedWorkerExecutor("hard-work", HARD_WORKERS);
  }

  @Override
  public void close() {
    Vertx open = vertx;
    vertx = null;
    if (open != null) {
      try {
        open.close()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(STOP_WAIT_SECONDS, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException late) {
        // Its threads are daemons of a process that ends.
        vertx = null;
      }
    }
  }

  Vertx vertx() {
    Vertx open = vertx;
    if (open == null) {
      throw new IllegalStateException("the HTTP runtime is not started");
    }
    return open;
  }

  WorkerExecutor workers() {
    WorkerExecutor open = workers;
    if (open == null) {
      throw new IllegalStateException("the HTTP runtime is not started");
    }
    return open;
  }

  Context context() {
    Context open = context;
    if (open == null) {
      throw new IllegalStateException("the HTTP runtime is not started");
    }
    return open;
  }
}
