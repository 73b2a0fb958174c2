package io.elottery.ledger.mailroom;

import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;

/** What became of a command or query. Unknown is not a failure: ask again with the same key. */
public sealed interface Delivery {
  /**
   * The actor answered.
   *
   * @param position of the log entry that holds the command, or at which the query was read
   * @param body the reply's own bytes, not copied
   */
  record Answered(ShardId shard, LogPosition position, byte[] body) implements Delivery {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.answered(this);
    }
  }

  /** Done or not, nobody knows yet; the same command sent again tells. */
  record Unknown(String why) implements Delivery {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unknown(this);
    }
  }

  /** Certainly not done: no writer was reached. */
  record Unavailable(String why) implements Delivery {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unavailable(this);
    }
  }

  /** Certainly not done: too much waits. */
  record Busy(Duration retryAfter) implements Delivery {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.busy(this);
    }
  }

  /** Certainly not done: the writer's disk or memory is full up to its reserve. */
  record Full(String why) implements Delivery {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.full(this);
    }
  }

  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /** One method for each case. */
  interface Cases<R> {
    /** {@link Answered}. */
    R answered(Answered answered);

    /** {@link Unknown}. */
    R unknown(Unknown unknown);

    /** {@link Unavailable}. */
    R unavailable(Unavailable unavailable);

    /** {@link Busy}. */
    R busy(Busy busy);

    /** {@link Full}. */
    R full(Full full);
  }
}
