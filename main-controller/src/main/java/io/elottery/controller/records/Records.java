package io.elottery.controller.records;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The small facts that outlive a leader: placement, servers, verdicts, orders.
 *
 * <p>Every write carries the fence of the half in whose name it is made and fails when a newer one
 * was taken. Futures complete on main's loop; exceptionally when the registry is away or the fence
 * is old. Callers must not assume that a failed write was not done.
 */
public interface Records {
  /** The value, or empty when there is none. */
  CompletableFuture<Optional<byte[]>> read(String path);

  /** Writes the value, over what may be there. */
  CompletableFuture<Void> write(String path, byte[] value, long fence);

  /** Removes the value, if there is one. */
  CompletableFuture<Void> remove(String path, long fence);

  /** Names directly under the path, ascending; none when it does not exist. */
  CompletableFuture<List<String>> children(String path);
}
