package io.elottery.deploy.bench.wire;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A stretch of this process's own processor time, the measure of how long to measure: on a machine
 * that is busy with other things, time on the wall says little about how much was tried.
 */
final class Processor {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int PATIENCE = 30; // times as long on the wall
  private static final long PAUSE_NANOS = 5_000_000;

  private final long wallBegan = System.nanoTime();
  private final long spentBefore = PROCESS.getProcessCpuTime();
  private final long nanos;

  Processor(Duration time) {
    this.nanos = time.toNanos();
  }

  /** Whether the stretch is used up. Costs about as much as a system call. */
  boolean isSpent() {
    return spentNanos() >= nanos || wallNanos() > PATIENCE * nanos;
  }

  /** Waits until it is used up by others. */
  void awaitSpent() throws IOException {
    while (!isSpent()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new IOException("interrupted");
      }
    }
  }

  /** What came out of it. */
  Rate rate(double count) {
    return new Rate(count * 1e9 / wallNanos(), spentNanos() / count);
  }

  private long spentNanos() {
    return PROCESS.getProcessCpuTime() - spentBefore;
  }

  private long wallNanos() {
    return System.nanoTime() - wallBegan;
  }

  /**
   * How fast, and how dear.
   *
   * @param perSecond on the wall
   * @param processorNanos of all threads of this process, for each
   */
  record Rate(double perSecond, double processorNanos) {}
}
