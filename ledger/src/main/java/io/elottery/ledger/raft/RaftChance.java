package io.elottery.ledger.raft;

import io.elottery.foundation.time.RandomSource;
import java.util.Random;

/** The node's chance in the form MicroRaft takes it. On the ledger loop. */
final class RaftChance extends Random {
  private static final long serialVersionUID = 1L;

  private final transient RandomSource source;

  RaftChance(RandomSource source) {
    super(0);
    this.source = source;
  }

  @Override
  protected int next(int bits) {
    return (int) (source.nextLong() >>> (Long.SIZE - bits));
  }
}
