package io.elottery.foundation.transport;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what came and was not taken, by reason, and says so in the log without letting anyone fill
 * it: the first is logged at once, then every {@value #PERIOD_SECONDS} seconds one line for all
 * that came since. {@link #count} on any thread, the rest on the loop of the timers.
 */
public final class Rejections {
  /** Why something was not taken. */
  public enum Why {
    /** Its bytes are not what they claim to be. */
    MALFORMED,
    /** In a version that is not known here. */
    WRONG_VERSION,
    /** From somebody who may not send it. */
    WRONG_SENDER,
    /** Of a kind that nobody takes here. */
    UNKNOWN_KIND,
    /** Older than what is known: a replay, or overtaken. */
    STALE;

    /** As a meter's tag. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Rejections.class);
  private static final int PERIOD_SECONDS = 10;
  private static final Duration PERIOD = Duration.ofSeconds(PERIOD_SECONDS);

  private final String where;
  private final Timers timers;
  private final AtomicLongArray counts = new AtomicLongArray(Why.values().length);
  private boolean quiet;
  private long unsaid;
  private String last = "";

  /**
   * @param where for the log
   */
  public Rejections(String where, Timers timers) {
    this.where = where;
    this.timers = timers;
  }

  /**
   * One more.
   *
   * @param what for a person; no secret and none of the bytes
   */
  public void add(Why why, Peer from, String what) {
    counts.incrementAndGet(why.ordinal());
    if (quiet) {
      unsaid++;
      last = from + ", " + why.text() + ": " + what;
      return;
    }
    log.warn("{}: not taken from {}, {}: {}", where, from, why.text(), what);
    quiet = true;
    timers.after(PERIOD, this::sayRest);
  }

  /** Counted only: what happens every day, like an answer nobody waits for any more. */
  public void addQuietly(Why why) {
    counts.incrementAndGet(why.ordinal());
  }

  /** All so far. */
  public long count() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /** Those for this reason so far. */
  public long count(Why why) {
    return counts.get(why.ordinal());
  }

  private void sayRest() {
    if (unsaid == 0) {
      quiet = false;
      return;
    }
    log.warn(
        "{}: {} more not taken in {} s, the last from {}", where, unsaid, PERIOD_SECONDS, last);
    unsaid = 0;
    timers.after(PERIOD, this::sayRest);
  }
}
