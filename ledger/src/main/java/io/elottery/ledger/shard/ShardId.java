package io.elottery.ledger.shard;

/**
 * One group of actors that is replicated together.
 *
 * @param number 0 … 4095, below the ring's number of shards
 */
public record ShardId(int number) implements Comparable<ShardId> {
  /** Shards a network may have. */
  public static final int MAX = 4096;

  /** Checks the range. */
  public ShardId {
    if (number < 0 || number >= MAX) {
      throw new IllegalArgumentException("shard " + number + ": expected 0 … " + (MAX - 1));
    }
  }

  @Override
  public int compareTo(ShardId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "shard-" + number;
  }
}
