package io.elottery.controller.staff;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link AuditTrail} of this main. On main's loop. */
public final class AuditDesk implements AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(AuditDesk.class);

  @Override
  public CompletableFuture<Void> record(AuditEntry entry) {
    log.info("{} {} {}: {}", entry.who(), entry.what(), entry.target(), entry.result());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void recordLater(AuditEntry entry) {
    record(entry).join();
  }
}
