package io.elottery.foundation.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Steps about one name are done one after the other, in order of asking. Any thread. */
public final class Turns {
  // By name, the step asked for last; gone once it ended. Bounded by the calls under way.
  private final ConcurrentHashMap<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

  /** Does the step once all asked for before it, about the same name, have ended. */
  public <T> CompletableFuture<T> take(String name, Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<?> before = last.put(name, result);
    CompletableFuture<?> turn =
        before == null ? CompletableFuture.completedFuture(null) : before.handle((x, y) -> true);
    turn.thenCompose(now -> step.get())
        .whenComplete(
            (value, problem) -> {
              last.remove(name, result);
              if (problem == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(problem);
              }
            });
    return result;
  }
}
