package io.elottery.ledger.shard;

/**
 * A place in a shard's history: the index of a log entry. Positions of one shard are total: of two
 * entries one is before the other.
 *
 * @param index 0 before the first entry
 */
public record LogPosition(long index) implements Comparable<LogPosition> {
  /** Before the first entry. */
  public static final LogPosition START = new LogPosition(0);

  /** Checks the range. */
  public LogPosition {
    if (index < 0) {
      throw new IllegalArgumentException("position " + index + ": expected 0 or more");
    }
  }

  @Override
  public int compareTo(LogPosition other) {
    return Long.compare(index, other.index);
  }

  @Override
  public String toString() {
    return Long.toString(index);
  }
}
