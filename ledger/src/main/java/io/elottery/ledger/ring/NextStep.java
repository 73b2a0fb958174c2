package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;

/** What a change of members needs now. */
public sealed interface NextStep {
  /** The worker is to take the step. */
  record Take(NodeId worker, MemberStep step) implements NextStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.take(this);
    }
  }

  /** Nothing can be done before something else happens. */
  record Wait(String why) implements NextStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.await(this);
    }
  }

  /** Those who are to hold the shard hold it, and nobody else does. */
  record Done() implements NextStep {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** Answers for each case. */
  interface Cases<R> {
    /** A step. */
    R take(Take take);

    /** A wait. */
    R await(Wait wait);

    /** The end. */
    R done(Done done);
  }

  /** Asks the cases. */
  <R> R match(Cases<R> cases);
}
