package io.elottery.ledger.raft;

import io.elottery.ledger.ring.Member;
import io.microraft.RaftEndpoint;

/** A member as MicroRaft names it: worker and incarnation; the shard is the group. */
record Endpoint(Member member) implements RaftEndpoint {
  static Endpoint of(RaftEndpoint endpoint) {
    if (endpoint instanceof Endpoint ours) {
      return ours;
    }
    throw new IllegalArgumentException("an endpoint that is not ours: " + endpoint);
  }

  @Override
  public Object getId() {
    return member.toString();
  }
}
