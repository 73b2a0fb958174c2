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
 * @param queueAge how long the oldest command waits to be written
 * @param permille how busy it calls itself, 0 … 1000: the worse of processor and queue
 */
public record Load(
    double processor,
    long heapUsedBytes,
    long heapMaxBytes,
    long diskFreeBytes,
    Duration flush,
    int loopQueued,
    Duration queueAge,
    int permille) {
  /** Nothing measured. */
  public static final Load NONE = new Load(-1, 0, 0, 0, Duration.ZERO, 0);

  /** One without commands that wait. */
  public Load(
      double processor,
      long heapUsedBytes,
      long heapMaxBytes,
      long diskFreeBytes,
      Duration flush,
      int loopQueued) {
    this(
        processor, heapUsedBytes, heapMaxBytes, diskFreeBytes, flush, loopQueued, Duration.ZERO, 0);
  }
}
