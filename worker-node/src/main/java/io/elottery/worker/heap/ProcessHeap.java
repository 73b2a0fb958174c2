package io.elottery.worker.heap;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.elottery.foundation.time.SystemTime;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The heap of this process, watched from its first use on by whoever asks. */
public final class ProcessHeap {
  private static final HeapRoom ROOM = watched();

  private ProcessHeap() {}

  /** What wagers may still take of it, bytes; any thread. */
  public static LongSupplier room() {
    return ROOM;
  }

  private static HeapRoom watched() {
    Set<String> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    HeapRoom room =
        new HeapRoom(new SystemTime(), Runtime.getRuntime().maxMemory(), ProcessHeap::collect);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, none) -> told(room, pools, notification), null, null);
      }
    }
    return room;
  }

  private static void told(HeapRoom room, Set<String> pools, Notification notification) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      Map<String, MemoryUsage> after =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
              .getGcInfo()
              .getMemoryUsageAfterGc();
      room.collected(
          after.entrySet().stream()
              .filter(pool -> pools.contains(pool.getKey()))
              .mapToLong(pool -> pool.getValue().getUsed())
              .sum());
    }
  }

  private static final AtomicBoolean COLLECTING = new AtomicBoolean();

  // It waits until all is done. One that stops everything meanwhile is not asked for.
  private static void collect() {
    if (isConcurrent() && COLLECTING.compareAndSet(false, true)) {
      Thread collection =
          new Thread(
              () -> {
                System.gc();
                COLLECTING.set(false);
              },
              "heap");
      collection.setDaemon(true);
      collection.start();
    }
  }

  private static boolean isConcurrent() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Boolean.parseBoolean(vm.getVMOption("ExplicitGCInvokesConcurrent").getValue());
  }
}
