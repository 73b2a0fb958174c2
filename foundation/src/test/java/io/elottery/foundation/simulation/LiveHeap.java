package io.elottery.foundation.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What is kept in this process's heap, without what nobody holds any more. */
public final class LiveHeap {
  private static final int COLLECTIONS = 3; // what is held weakly needs more than one

  private LiveHeap() {}

  /** Its bytes now; collects all garbage first. */
  public static long bytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
