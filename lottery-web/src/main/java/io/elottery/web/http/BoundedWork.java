package io.elottery.web.http;

import io.elottery.web.signin.HardWork;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Hard work on a few threads of the HTTP runtime; at most {@value #WAITING_MAX} pieces at once. */
public final class BoundedWork implements HardWork {
  /** Pieces of work taken and not finished. */
  public static final int WAITING_MAX = 64;

  private final HttpRuntime runtime;
  private final AtomicInteger waiting = new AtomicInteger();

  /** On the threads of this runtime, which is started before the first work comes. */
  public BoundedWork(HttpRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public <T> Optional<CompletableFuture<T>> run(Supplier<T> work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return Optional.empty();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    runtime
        .workers()
        .executeBlocking(work::get, false)
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              if (done.succeeded()) {
                result.complete(done.result());
              } else {
                result.completeExceptionally(done.cause());
              }
            });
    return Optional.of(result);
  }
}
