package io.elottery.controller.staff;

import java.util.concurrent.CompletableFuture;

/** Answers one kind of call of the staff. On main's loop; the caller's role was checked. */
@FunctionalInterface
public interface StaffHandler {
  /**
   * Answers, now or later. A future that fails with {@link ActionRefused} is answered as that
   * problem, any other failure as 503: then it may or may not have been done.
   */
  CompletableFuture<StaffAnswer> handle(StaffRequest request);
}
