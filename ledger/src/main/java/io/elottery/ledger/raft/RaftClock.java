package io.elottery.ledger.raft;

import io.elottery.foundation.time.Time;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The monotonic clock, running {@link #SCALE} times as fast: MicroRaft's settings are whole
 * seconds, ours are tenths. Its timers are shortened by the same factor.
 */
final class RaftClock extends Clock {
  /** One second of MicroRaft's is a tenth of ours. */
  static final int SCALE = 10;

  private static final long NANOS_PER_MILLI = 1_000_000;

  // A replica that never heard a writer has "last heard" at 0: long enough ago to vote at once.
  private static final long FIRST_MILLIS = 86_400_000;

  private final Time time;
  private final long origin;

  RaftClock(Time time) {
    this.time = time;
    this.origin = time.nanos();
  }

  @Override
  public long millis() {
    return FIRST_MILLIS + (time.nanos() - origin) * SCALE / NANOS_PER_MILLI;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
