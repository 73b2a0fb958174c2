package io.elottery.worker.mains;

import io.elottery.foundation.loop.NodeLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Key steps that were refused: counted by code, and told to main, those of a few seconds together.
 * Added to on the supervision loop, read by any thread.
 */
public final class KeyRefusals {
  private static final Duration TOGETHER = Duration.ofSeconds(5);
  // A step that comes too early, or again after a restart, is how keys travel.
  private static final Set<String> USUAL = Set.of("NOT_YET", "UNKNOWN_KEY");

  private final NodeLoop loop;
  private final Consumer<String> told;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private int untold;
  private String last = "";

  /**
   * @param told what main should know
   */
  public KeyRefusals(NodeLoop loop, Consumer<String> told) {
    this.loop = loop;
    this.told = told;
  }

  /** Refused so far, all together. */
  public double count() {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** Refused so far with this code. */
  public long count(String code) {
    AtomicLong count = counts.get(code);
    return count == null ? 0 : count.get();
  }

  /** One more. */
  void add(String what, String code, String why) {
    counts.computeIfAbsent(code, none -> new AtomicLong()).incrementAndGet();
    if (USUAL.contains(code)) {
      return;
    }
    last = what + ", " + code + ": " + why;
    if (untold++ == 0) {
      loop.after(TOGETHER, this::tell);
    }
  }

  private void tell() {
    String words = untold + " key steps were refused here, the last: " + last;
    untold = 0;
    told.accept(words);
  }
}
