package io.elottery.reports.priority;

/** How urgent a report is; the first overtakes the later ones everywhere. */
public enum Priority {
  /** Somebody or something is lost or about to be. Never dropped by the sender until answered. */
  CRITICAL,
  /** Degraded, coping. */
  WARNING,
  /** A change worth knowing. */
  NOTICE,
  /** The regular one; the first to be dropped. */
  ROUTINE
}
