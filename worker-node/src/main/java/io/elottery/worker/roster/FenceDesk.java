package io.elottery.worker.roster;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.reports.order.FenceGate;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which fences this server admits: none that is older than one it saw, for good. A newer one is
 * written down at once, and nothing is done under it before it is: so a restart forgets none under
 * which something was done. On the supervision loop.
 */
public final class FenceDesk {
  private static final Logger log = LoggerFactory.getLogger(FenceDesk.class);

  private final FenceGate gate = new FenceGate();
  private final Map<Hemisphere, Long> kept = new EnumMap<>(Hemisphere.class);
  private final List<Waiting> waiting = new ArrayList<>();
  // Read by the thread that serves the meters.
  private final AtomicLong refused = new AtomicLong();
  private final FenceStore store;
  private final Disk disk;
  private final Executor loop;
  private boolean writes;

  /** Reads what was kept. */
  public FenceDesk(FenceStore store, Disk disk, Executor loop) {
    this.store = store;
    this.disk = disk;
    this.loop = loop;
    kept.putAll(store.read());
    kept.forEach(gate::admits);
  }

  /** Whether what comes under this fence may pass; a newer one than all before is kept. */
  public boolean admits(Hemisphere hemisphere, long fence) {
    boolean admitted = gate.admits(hemisphere, fence);
    if (admitted && fence > keptOf(hemisphere)) {
      write();
    }
    return admitted;
  }

  /**
   * As {@link #admits}, for what does something: then it waits for the disk.
   *
   * @param what for the log: an order, a step
   * @param outcome told whether it may be done, now or when the disk has the fence
   */
  public void check(Hemisphere hemisphere, long fence, String what, Consumer<Answer> outcome) {
    if (!admits(hemisphere, fence)) {
      refused.incrementAndGet();
      log.warn(
          "{} refused: {} {} is older than {}", what, hemisphere, fence, gate.highest(hemisphere));
      outcome.accept(Answer.OLD_FENCE);
    } else if (fence <= keptOf(hemisphere)) {
      outcome.accept(Answer.ADMITTED);
    } else {
      waiting.add(new Waiting(hemisphere, fence, what, outcome));
    }
  }

  /** What became of a check. */
  public enum Answer {
    /** It may be done. */
    ADMITTED,
    /** A newer fence was seen. */
    OLD_FENCE,
    /** The disk does not take the fence: nothing may be done under it. */
    NOT_KEPT
  }

  /** The highest fence seen for the hemisphere. */
  public long highest(Hemisphere hemisphere) {
    return gate.highest(hemisphere);
  }

  /** The highest fence seen at all. */
  public long highest() {
    return gate.highest();
  }

  /** Orders and steps refused since the start. Any thread. */
  public long refused() {
    return refused.get();
  }

  private long keptOf(Hemisphere hemisphere) {
    return kept.getOrDefault(hemisphere, 0L);
  }

  private void write() {
    if (writes) {
      return;
    }
    writes = true;
    Map<Hemisphere, Long> now = new EnumMap<>(Hemisphere.class);
    for (Hemisphere hemisphere : Hemisphere.values()) {
      now.put(hemisphere, gate.highest(hemisphere));
    }
    disk.run(
            () -> {
              store.write(now);
              return now;
            })
        .whenComplete((done, problem) -> loop.execute(() -> written(now, problem)));
  }

  private void written(Map<Hemisphere, Long> now, @Nullable Throwable problem) {
    writes = false;
    if (problem != null) {
      log.error("fences {} are not kept: {}", now, problem.toString());
      List<Waiting> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(each -> each.outcome.accept(Answer.NOT_KEPT));
      return;
    }
    kept.putAll(now);
    List<Waiting> ready =
        waiting.stream().filter(each -> each.fence <= keptOf(each.hemisphere)).toList();
    waiting.removeAll(ready);
    // Again: a newer one may have come meanwhile.
    ready.forEach(each -> check(each.hemisphere, each.fence, each.what, each.outcome));
    boolean behind = false;
    for (Hemisphere hemisphere : Hemisphere.values()) {
      behind |= gate.highest(hemisphere) > keptOf(hemisphere);
    }
    if (behind) {
      write();
    }
  }

  private record Waiting(
      Hemisphere hemisphere, long fence, String what, Consumer<Answer> outcome) {}
}
