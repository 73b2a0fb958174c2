package io.elottery.controller.staff;

import java.util.concurrent.CompletableFuture;

/** Where everything the staff does is recorded, chained and signed. On main's loop. */
public interface AuditTrail {
  /**
   * Records it; completes on the loop once it is stored for good. A main that does not act for LEFT
   * passes it to the one that does. Fails when it could not be stored; callers must not assume that
   * it was not.
   */
  CompletableFuture<Void> record(AuditEntry entry);

  /**
   * Records it as soon as that is possible: for emergencies, which wait for nothing. Kept in memory
   * and tried again; a thousand at most, then the oldest are dropped with an ERROR.
   */
  void recordLater(AuditEntry entry);
}
