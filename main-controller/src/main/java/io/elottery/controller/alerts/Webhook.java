package io.elottery.controller.alerts;

import io.elottery.reports.priority.Priority;
import java.time.Instant;

/**
 * A receiver of alerts, but for its full address and its secret: those lie sealed in the vault.
 *
 * @param id {@code w-} and digits of hex
 * @param host scheme, host and port, for people: {@code https://pager.example.org}
 * @param least alerts of this severity and worse are sent
 * @param by who registered it
 * @param disabled why nothing is sent any more; empty while it is in use
 */
public record Webhook(
    String id, String host, Priority least, String by, Instant createdAt, String disabled) {
  /** Checks the severity. */
  public Webhook {
    if (least != Priority.CRITICAL && least != Priority.WARNING) {
      throw new IllegalArgumentException("severity " + least + ": expected CRITICAL or WARNING");
    }
  }

  /** Whether alerts are sent to it. */
  public boolean isEnabled() {
    return disabled.isEmpty();
  }

  /** Not to be used any more. */
  Webhook disabled(String why) {
    return new Webhook(id, host, least, by, createdAt, why);
  }
}
