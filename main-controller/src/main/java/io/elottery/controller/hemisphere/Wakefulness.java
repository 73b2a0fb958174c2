package io.elottery.controller.hemisphere;

import io.elottery.foundation.time.Time;
import java.time.Duration;

/**
 * Whether this main has turned its loop lately. A process that was stopped and goes on finds its
 * queue full of what it meant to do long ago; by then another may lead. What asks here before it
 * acts learns of that first, whatever comes first on the loop. On main's loop.
 */
public final class Wakefulness {
  // A loop may be late by a session's time-out for honest work on a machine that has little.
  private static final int SESSIONS = 2;

  private final Time time;
  private final long longestNanos;
  private long turnedAt;

  /**
   * Awake now.
   *
   * @param longest how long the loop may rest
   */
  public Wakefulness(Time time, Duration longest) {
    this.time = time;
    this.longestNanos = longest.toNanos();
    this.turnedAt = time.nanos();
  }

  /** One that allows twice the time-out of a session, after which others are long elected. */
  public static Wakefulness within(Duration session, Time time) {
    return new Wakefulness(time, session.multipliedBy(SESSIONS));
  }

  /** Whether the last turn is no longer ago than is allowed. */
  public boolean isAwake() {
    return time.nanos() - turnedAt <= longestNanos;
  }

  /** How long ago the last turn was. */
  public Duration rested() {
    return Duration.ofNanos(time.nanos() - turnedAt);
  }

  /** The loop turns; whoever acts under a fence has stepped down before if it slept. */
  void turned() {
    turnedAt = time.nanos();
  }
}
