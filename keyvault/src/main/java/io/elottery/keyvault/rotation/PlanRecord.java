package io.elottery.keyvault.rotation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the plan of the rotation lies that runs or ran last.
 *
 * <p>Futures may complete on any thread. Callers must not assume that a failed write was not done.
 */
public interface PlanRecord {
  /** The plan, or empty when there never was one. */
  CompletableFuture<Optional<RotationPlan>> read();

  /** Writes it, over what may be there. */
  CompletableFuture<Void> write(RotationPlan plan);
}
