package io.elottery.controller.alerts;

import io.elottery.keyvault.webhook.SignedAlert;
import java.util.concurrent.CompletableFuture;

/**
 * Brings a message to a receiver.
 *
 * <p>An implementer waits ten seconds at most, follows no redirect, and completes on any thread,
 * never exceptionally. Callers must not assume that what failed did not come.
 */
@FunctionalInterface
public interface AlertPost {
  /**
   * Sends it once.
   *
   * @param id the value of {@code webhook-id}
   */
  CompletableFuture<Outcome> post(SignedAlert signed, String id, byte[] body);
}
