package io.elottery.ledger.raft;

import io.elottery.foundation.time.Time;
import java.time.Duration;

/**
 * How many bytes of snapshots a worker sends in a second, over all its replicas, so that copying a
 * shard never starves its commands. On the ledger loop.
 */
public final class SnapshotBucket {
  /** 32 MiB/s. */
  public static final long STANDARD = 32L << 20;

  private static final double SECOND = 1e9;

  private final Time time;
  private long rate = STANDARD;
  private long freeAtNanos;
  private long sent;

  SnapshotBucket(Time time) {
    this.time = time;
    this.freeAtNanos = time.nanos();
  }

  /** At most so many bytes a second from now on. */
  public void rate(long bytesPerSecond) {
    rate = Math.max(1 << 10, bytesPerSecond);
  }

  /** Bytes of snapshots sent so far. */
  public long sent() {
    return sent;
  }

  /** How long the next piece is to wait; zero when it may go now. */
  Duration delay() {
    return Duration.ofNanos(Math.max(0, freeAtNanos - time.nanos()));
  }

  /** A piece goes. */
  void take(long bytes) {
    sent += bytes;
    freeAtNanos = Math.max(freeAtNanos, time.nanos()) + (long) (bytes * SECOND / rate);
  }
}
