package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.tickets.Usage;

/**
 * What one run came to.
 *
 * @param count acknowledged in the measured part, flushed on three of five
 * @param perSecond of them
 * @param p50Millis half were acknowledged within this time
 * @param p99Millis 99 of 100 were
 * @param refused what was answered otherwise
 * @param servers what the five servers, and those beside them, used in the measured part
 */
record Measured(
    long count, double perSecond, double p50Millis, double p99Millis, long refused, Usage servers) {
  double cpuMicros() {
    return each(servers.cpuMicros());
  }

  double diskBytes() {
    return each(servers.diskBytes());
  }

  double sentBytes() {
    return each(servers.sentBytes());
  }

  private double each(long sum) {
    return (double) sum / Math.max(1, count);
  }
}
