package io.elottery.heartbeat.registry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Small records shared by all mains: linearizable, durable, and written only under a fence that is
 * still its hemisphere's newest, checked in the same transaction.
 *
 * <p>Futures complete on any thread: with {@link FenceOutdated} when a newer fence was taken (then
 * nothing was written), with {@link RegistryUnavailable} when the registry did not answer. Callers
 * must not assume that a write which failed with the latter was not done. {@link #write} and {@link
 * #delete} ask again for some seconds before they fail so; what one process asks about one path is
 * done in its order. Paths are relative, {@code a/b/c}, of {@code [A-Za-z0-9~._-]+}; missing
 * parents are made. A value has at most {@value #VALUE_MAX} bytes.
 */
public interface Registry {
  /** The largest value: 512 KiB. */
  int VALUE_MAX = 512 << 10;

  /** The record, or empty when there is none. */
  CompletableFuture<Optional<RegistryEntry>> read(String path);

  /** Writes, over what may be there. */
  CompletableFuture<Void> write(String path, byte[] value, long fence);

  /** Writes only where there is no record yet; false when there is one, which stays. */
  CompletableFuture<Boolean> create(String path, byte[] value, long fence);

  /** Writes only over the version read; false when it has changed or is gone. */
  CompletableFuture<Boolean> replace(String path, byte[] value, int version, long fence);

  /** Removes the record, if there is one. */
  CompletableFuture<Void> delete(String path, long fence);

  /** Names directly under the path, ascending; none when it does not exist. */
  CompletableFuture<List<String>> children(String path);

  /**
   * Tells of changes at and under the path, on the registry's thread: at least once after each
   * change, several may be told as one, and also after each reconnect.
   *
   * @return ends the watch
   */
  Runnable watch(String path, Runnable changed);

  /** The session's state now. */
  RegistryState state();

  /** Tells of changes of state, on the registry's thread. */
  void onState(Consumer<RegistryState> listener);
}
