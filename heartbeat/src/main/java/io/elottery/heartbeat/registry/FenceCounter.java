package io.elottery.heartbeat.registry;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one counter of fences for all hemispheres: no number is given out twice, each is higher than
 * all before. Futures complete on any thread, with {@link RegistryUnavailable} when nobody answers;
 * a number may then be lost, which is harmless.
 */
public interface FenceCounter {
  /**
   * Takes the next fence for the hemisphere: {@code max(stored, atLeast) + 1}. From then on only
   * writes of this registry connection under this fence are accepted for the hemisphere.
   *
   * @param atLeast the highest fence that any server reports
   */
  CompletableFuture<Long> next(Hemisphere hemisphere, NodeId holder, long atLeast);

  /** Who took the hemisphere's newest fence; empty when nobody ever did. */
  CompletableFuture<Optional<Holding>> newest(Hemisphere hemisphere);

  /**
   * A fence and who took it.
   *
   * @param fence from 1
   */
  record Holding(NodeId holder, long fence) {}
}
