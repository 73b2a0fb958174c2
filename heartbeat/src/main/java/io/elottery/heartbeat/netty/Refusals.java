package io.elottery.heartbeat.netty;

import io.elottery.heartbeat.link.LinkRefusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;

/**
 * Counts refused connections and logs them without letting one peer that keeps trying fill the log:
 * per peer the 1st, 10th, 100th … in a row are warnings, the others are for debugging. On one event
 * loop, except {@link #count()}.
 */
final class Refusals {
  private static final int PEERS_MAX = 256;

  private final Logger log;
  private final AtomicLongArray counts = new AtomicLongArray(LinkRefusal.values().length);
  private final Map<String, Long> inARow =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > PEERS_MAX;
        }
      };

  Refusals(Logger log) {
    this.log = log;
  }

  /** All so far. Any thread. */
  long count() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /** Those for this reason so far. Any thread. */
  long count(LinkRefusal reason) {
    return counts.get(reason.ordinal());
  }

  /** Counted only: too many at once, nothing is known of it. */
  void unread() {
    counts.incrementAndGet(LinkRefusal.LIMIT.ordinal());
  }

  /** One more, of which nothing more is known than its text. */
  void add(String peer, String text) {
    add(LinkRefusal.OTHER, peer, text);
  }

  /**
   * One more.
   *
   * @param peer whom it counts against
   * @param text what to log; no key material
   */
  void add(LinkRefusal reason, String peer, String text) {
    counts.incrementAndGet(reason.ordinal());
    long times = inARow.merge(peer, 1L, Long::sum);
    if (isPowerOfTen(times)) {
      log.warn("{} ({} in a row)", text, times);
    } else {
      log.debug("{} ({} in a row)", text, times);
    }
  }

  /** That peer was accepted. */
  void over(String peer) {
    inARow.remove(peer);
  }

  private static boolean isPowerOfTen(long times) {
    long rest = times;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
