package io.elottery.web.signin;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits how often something may be tried, for each key on its own: {@code capacity} tries at once,
 * which come back evenly over the window. On one loop.
 *
 * <p>At most {@value #KEYS_MAX} keys are remembered, the longest unused are forgotten first: a
 * flood of new keys weakens the limit of old ones, never the memory.
 */
public final class TokenBuckets {
  /** Keys remembered at once. */
  public static final int KEYS_MAX = 20_000;

  private final Time time;
  private final int capacity;
  private final long nanosPerTry;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KEYS_MAX;
        }
      };

  /** All buckets begin full. */
  public TokenBuckets(Time time, int capacity, Duration window) {
    this.time = time;
    this.capacity = capacity;
    this.nanosPerTry = Math.max(1, window.toNanos() / capacity);
  }

  /** Takes one try; when there is none left, says how long until the next. */
  public Optional<Duration> take(String key) {
    long now = time.nanos();
    Bucket bucket = buckets.computeIfAbsent(key, fresh -> new Bucket(capacity, now));
    long back = (now - bucket.since) / nanosPerTry;
    bucket.left = (int) Math.min(capacity, bucket.left + back);
    bucket.since = bucket.left == capacity ? now : bucket.since + back * nanosPerTry;
    if (bucket.left == 0) {
      return Optional.of(Duration.ofNanos(nanosPerTry - (now - bucket.since)));
    }
    bucket.left--;
    return Optional.empty();
  }

  private static final class Bucket {
    private int left; // 0 … capacity
    private long since; // when left was last right

    Bucket(int left, long since) {
      this.left = left;
      this.since = since;
    }
  }
}
