package io.elottery.controller.supervision;

import io.elottery.foundation.id.Address;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether any process listens at an address. Never waits; the future completes on any
 * thread.
 */
@FunctionalInterface
public interface ReachCheck {
  /** True only when the machine there answered that nobody listens; false when in any doubt. */
  CompletableFuture<Boolean> refuses(Address address);
}
