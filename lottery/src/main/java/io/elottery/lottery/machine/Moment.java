package io.elottery.lottery.machine;

/**
 * When and with what chance a command is decided: the same on every replica.
 *
 * @param stamp milliseconds since 1970; never smaller than the one before
 * @param random of the batch, 32 bytes
 * @param position the number of this command in its shard
 */
record Moment(long stamp, byte[] random, long position) {
  /** The last moment a time may name: the start of the year 2100. */
  static final long LATEST = 4_102_444_800_000L;

  boolean isFuture(long millis) {
    return millis > stamp && millis < LATEST;
  }
}
