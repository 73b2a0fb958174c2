package io.elottery.worker.shards;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What new wagers may still take of this process's heap: what the last collections left in use, of
 * all that is allowed but for a fifth. That fifth is for what comes and goes; with less of it the
 * collector stands in everybody's way long before the heap is full. Any thread.
 */
public final class HeapRoom implements LongSupplier {
  private static final int RESERVE = 5; // a fifth

  private final Supplier<List<MemoryUsage>> kept;
  private final long most;

  /** Of this process. */
  public HeapRoom() {
    this(HeapRoom::afterCollection, Runtime.getRuntime().maxMemory());
  }

  HeapRoom(Supplier<List<MemoryUsage>> kept, long most) {
    this.kept = kept;
    this.most = most;
  }

  private static List<MemoryUsage> afterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
        .map(MemoryPoolMXBean::getCollectionUsage)
        .toList();
  }

  /** Bytes; 0 when there are none. Grows with each collection that frees something. */
  @Override
  public long getAsLong() {
    long used = 0;
    for (MemoryUsage pool : kept.get()) {
      used += pool == null ? 0 : pool.getUsed();
    }
    return Math.max(0, most - most / RESERVE - used);
  }
}
