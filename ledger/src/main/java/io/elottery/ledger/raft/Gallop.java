package io.elottery.ledger.raft;

import io.microraft.RaftEndpoint;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.FollowerState;
import io.microraft.impl.state.LeaderState;
import io.microraft.model.message.AppendEntriesFailureResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * Guard 4: finds where a follower's log ends in a few round trips.
 *
 * <p>MicroRaft asks for one entry before the last at each refusal, so a learner with an empty log
 * would be asked once for every entry. Here the step doubles with each refusal in a row. Too far
 * back is safe: what the follower has it is sent again, and it takes nothing twice. On the ledger
 * loop.
 */
final class Gallop {
  private static final long STEP_MAX = 1 << 20;

  private final RaftNodeImpl node;
  private final Map<RaftEndpoint, Run> runs = new HashMap<>(); // bounded by the members

  private record Run(int term, long next, long step) {}

  Gallop(RaftNodeImpl node) {
    this.node = node;
  }

  void handle(AppendEntriesFailureResponse refusal) {
    RaftEndpoint follower = refusal.getSender();
    LeaderState leads = node.state().leaderState();
    FollowerState is = leads == null ? null : leads.getFollowerStateOrNull(follower);
    long asked = refusal.getExpectedNextIndex();
    if (is == null
        || refusal.getTerm() != node.state().term()
        || is.matchIndex() != 0
        || is.nextIndex() != asked) {
      node.handle(refusal);
      return;
    }
    Run before = runs.get(follower);
    long step = 1;
    if (before != null && before.term == node.state().term() && before.next == asked) {
      step = Math.min(STEP_MAX, before.step * 2);
    }
    // Not past the snapshot in one step: a follower that is only a little behind needs none.
    long edge = Math.min(node.state().log().snapshotEntry().getIndex() + 1, asked - 1);
    long next = Math.max(Math.max(1, edge), asked - step);
    runs.put(follower, new Run(node.state().term(), next, step));
    // MicroRaft goes one lower when it handles the refusal of the entry it believes it asked for.
    is.nextIndex(next + 1);
    node.handle(lower(refusal, next + 1));
  }

  private static AppendEntriesFailureResponse lower(
      AppendEntriesFailureResponse refusal, long expected) {
    return EntryCodec.MODEL
        .createAppendEntriesFailureResponseBuilder()
        .setGroupId(refusal.getGroupId())
        .setSender(refusal.getSender())
        .setTerm(refusal.getTerm())
        .setExpectedNextIndex(expected)
        .setQuerySequenceNumber(refusal.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(refusal.getFlowControlSequenceNumber())
        .build();
  }
}
