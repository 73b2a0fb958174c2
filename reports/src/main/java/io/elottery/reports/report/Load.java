package io.elottery.reports.report;

import java.time.Duration;

/**
 * How busy a worker is.
 *
 * @param processor 0 … 1 of all processors; negative when not known
 * @param heapUsedBytes heap in use
 * @param heapMaxBytes heap allowed
 * @param diskFreeBytes free where the ledger lies
 * @param flush the slowest flush since the last report
 * @param loopQueued tasks waiting for the ledger loop
 */
public record Load(
    double processor,
    long heapUsedBytes,
    long heapMaxBytes,
    long diskFreeBytes,
    Duration flush,
    int loopQueued) {
  /** Nothing measured. */
  public static final Load NONE = new Load(-1, 0, 0, 0, Duration.ZERO, 0);
}
