package io.elottery.heartbeat.detector;

/**
 * One observer's judgement of one neighbour. Pure: every call gets the monotonic clock's
 * nanoseconds.
 *
 * <pre>
 *   TRUSTED --connection closed, or silent for suspectFactor gaps--> SUSPECT
 *   SUSPECT --reconnect refused, or silent for deadFactor gaps-----> DEAD
 *   any     --heard, or connected again----------------------------> TRUSTED
 * </pre>
 *
 * <p>The expected gap follows the link's observed rhythm (mean and deviation smoothed as in RFC
 * 6298 §2), never below the interval and never above twice of it, so that a jittery link is judged
 * slower and an outage does not teach patience. Silence is no evidence while the observer doubts
 * itself; a closed connection and a refused reconnect are.
 */
public final class FailureDetector {
  private static final double MEAN_WEIGHT = 1.0 / 8;
  private static final double DEVIATION_WEIGHT = 1.0 / 4;
  private static final int EXPECTED_MAX_INTERVALS = 2;

  private final DetectorConfig config;
  private final double interval; // nanoseconds
  private double mean; // nanoseconds
  private double deviation; // nanoseconds
  private long quietSince; // may lie in the future: start grace
  private boolean everHeard;
  private boolean closed;
  private boolean refused; // refused implies closed
  private Suspicion state = Suspicion.TRUSTED;

  /** Begins to watch; nothing is expected before the start grace is over. */
  public FailureDetector(DetectorConfig config, long now) {
    this.config = config;
    this.interval = config.interval().toNanos();
    this.mean = interval;
    this.quietSince = now + config.startGrace().toNanos();
  }

  /** An impulse arrived. */
  public void heard(long now) {
    if (everHeard) {
      double gap = Math.min(now - quietSince, EXPECTED_MAX_INTERVALS * interval);
      deviation += DEVIATION_WEIGHT * (Math.abs(gap - mean) - deviation);
      mean += MEAN_WEIGHT * (gap - mean);
    }
    everHeard = true;
    alive(now);
  }

  /** A connection with the neighbour is up: it has just proved its key, so it lives. */
  public void connected(long now) {
    alive(now);
  }

  /** The connection closed. */
  public void disconnected() {
    closed = true;
  }

  /** A new connection was refused by the neighbour's machine. Ignored while one is up. */
  public void refusedReconnect() {
    refused = closed;
  }

  /** Whether a reconnect was refused since the connection closed. */
  public boolean isRefused() {
    return refused;
  }

  /** The observer itself stood still that long: the neighbour's silence is shortened by it. */
  public void forgive(long now, long pauseNanos) {
    quietSince = Math.max(quietSince, Math.min(now, quietSince + pauseNanos));
  }

  /** Silence in multiples of the expected gap, 0 or more. */
  public double silence(long now) {
    return Math.max(0, now - quietSince) / expectedGap();
  }

  /** When silence will have been this many expected gaps. */
  public long silentAt(double gaps) {
    return quietSince + (long) (gaps * expectedGap());
  }

  /**
   * Judges.
   *
   * @param doubtful whether the observer's own timers were late: then silence says nothing new
   */
  public Suspicion judge(long now, boolean doubtful) {
    double silence = doubtful ? 0 : silence(now);
    if (refused || silence >= config.deadFactor()) {
      state = Suspicion.DEAD;
    } else if (state == Suspicion.TRUSTED && (closed || silence >= config.suspectFactor())) {
      state = Suspicion.SUSPECT;
    }
    return state;
  }

  /** The evidence behind the last judgement, for a person. */
  public String because(long now) {
    if (refused) {
      return "connection closed, reconnect refused";
    }
    if (closed) {
      return "connection closed";
    }
    return String.format("silent for %.1f expected gaps", silence(now));
  }

  private void alive(long now) {
    quietSince = now;
    closed = false;
    refused = false;
    state = Suspicion.TRUSTED;
  }

  private double expectedGap() {
    double expected = mean + 2 * deviation;
    return Math.max(interval, Math.min(EXPECTED_MAX_INTERVALS * interval, expected));
  }
}
