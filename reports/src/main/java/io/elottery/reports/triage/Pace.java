package io.elottery.reports.triage;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long something of one server usually takes, and whether it takes much longer now: a histogram
 * of {@value #BUCKETS} buckets, each a quarter wider than the one before, whose counts are halved
 * when there are {@value #COUNT_MAX}: a week of probes, with the older half fading.
 *
 * <p>What is slow is kept out for an hour, so that trouble does not become the measure.
 */
final class Pace {
  private static final int BUCKETS = 80; // 10 µs … 450 s
  private static final int COUNT_MAX = 1_200_000; // two a second for a week
  private static final int COUNT_MIN = 200; // below it nothing is called usual
  private static final double BASE_NANOS = 10_000;
  private static final double LOG_WIDTH = Math.log(1.25);
  private static final int FACTOR = 3;
  private static final long FLOOR_NANOS = 20_000_000; // below it nobody waits
  private static final int LATELY = 8;
  private static final Duration LASTS = Duration.ofSeconds(10);
  private static final Duration KEPT_OUT = Duration.ofHours(1);

  private final int[] counts = new int[BUCKETS];
  private int total;
  private long usualNanos; // the p99, of COUNT_MIN and more
  private int sinceUsual;
  private @Nullable Moment slowSince;
  private long lastNanos;
  private final long[] lately = new long[LATELY];
  private int next; // to be overwritten in it

  /** One more took that long. */
  void took(Duration time, Moment now) {
    lastNanos = time.toNanos();
    lately[next] = lastNanos;
    next = (next + 1) % LATELY;
    boolean slow = total >= COUNT_MIN && lastNanos > slowNanos();
    if (!slow) {
      slowSince = null;
    } else if (slowSince == null) {
      slowSince = now;
    }
    if (slowSince == null || now.since(slowSince).compareTo(KEPT_OUT) > 0) {
      count(lastNanos);
    }
  }

  /** Why it is slow: for ten seconds now each took more than three times as long as usual. */
  Optional<String> slow(String what, Moment now) {
    Moment since = slowSince;
    if (since == null || now.since(since).compareTo(LASTS) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "%s takes %.1f ms since %s, 99 of 100 took at most %.1f ms before",
            what, lastNanos / 1e6, since.wall(), usualNanos / 1e6));
  }

  /** The longest of the last {@value #LATELY}; zero before the first. */
  Duration longestLately() {
    long longest = 0;
    for (long each : lately) {
      longest = Math.max(longest, each);
    }
    return Duration.ofNanos(longest);
  }

  private long slowNanos() {
    return Math.max(FLOOR_NANOS, FACTOR * usualNanos);
  }

  private void count(long nanos) {
    int bucket = (int) (Math.log(Math.max(1, nanos / BASE_NANOS)) / LOG_WIDTH);
    counts[Math.min(BUCKETS - 1, bucket)]++;
    total++;
    if (total >= COUNT_MAX) {
      total = 0;
      for (int i = 0; i < BUCKETS; i++) {
        counts[i] /= 2;
        total += counts[i];
      }
    }
    // The quantile moves slowly: looked up at every fiftieth.
    if (total == COUNT_MIN || ++sinceUsual >= 50) {
      sinceUsual = 0;
      usualNanos = quantile();
    }
  }

  private long quantile() {
    int above = total / 100;
    for (int i = BUCKETS - 1; i >= 0; i--) {
      above -= counts[i];
      if (above < 0) {
        return (long) (BASE_NANOS * Math.exp((i + 1) * LOG_WIDTH));
      }
    }
    return 0;
  }
}
