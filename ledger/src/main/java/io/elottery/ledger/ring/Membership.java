package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a shard as its Raft configuration says: the truth, of which the ring is a hint.
 *
 * @param index the position of the entry that made it so; 0 for the first members
 * @param settled whether that entry is known to be committed
 * @param voters whose flushes count, ascending
 * @param learners who are caught up and do not count yet, ascending; at most two
 */
public record Membership(long index, boolean settled, List<Member> voters, List<Member> learners) {
  /** Sorts and copies. */
  public Membership {
    voters = voters.stream().sorted().toList();
    learners = learners.stream().sorted().toList();
  }

  /** Whether it counts or learns. */
  public boolean knows(Member member) {
    return voters.contains(member) || learners.contains(member);
  }

  /** The newest voter or learner of the worker. */
  public Optional<Member> of(NodeId node) {
    return voters.stream()
        .filter(member -> member.node().equals(node))
        .max(Member::compareTo)
        .or(
            () ->
                learners.stream()
                    .filter(member -> member.node().equals(node))
                    .max(Member::compareTo));
  }

  /** For people: {@code worker-1#1 worker-2#1 + worker-6#2}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    voters.forEach(member -> words.append(words.isEmpty() ? "" : " ").append(member));
    learners.forEach(member -> words.append(" + ").append(member));
    return words.toString();
  }
}
