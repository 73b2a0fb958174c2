package io.elottery.deploy.supervision;

/** What one server really heard of another, by the world's clock. */
final class Hearing {
  private static final long BOUND = 500_000_000; // one interval
  private static final long STREAK_GAP_MAX = 620_000_000; // and some jitter

  private long last = Long.MIN_VALUE / 2;
  private long streakSince;

  void now(long nanos) {
    if (nanos - last > STREAK_GAP_MAX) {
      streakSince = nanos;
    }
    last = nanos;
  }

  /** Heard within the bound, and without a longer gap for so long. */
  boolean steadyFor(long nanos, long now) {
    return now - last <= BOUND && now - streakSince >= nanos;
  }

  /** When it was heard last. */
  long last() {
    return last;
  }
}
