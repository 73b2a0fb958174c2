package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a shard. A hint to everyone but its members: the Raft configuration is the truth.
 *
 * @param changes how often it was changed; 0 for the first members, who alone begin with a vote
 * @param members one, three or five; one more only while one is exchanged; the preferred writer
 *     first
 */
public record Placement(ShardId shard, long changes, List<Member> members) {
  private static final int MOST = 6;

  /** Checks that the size is one that may be and that no worker stands twice. */
  public Placement {
    members = List.copyOf(members);
    int size = members.size();
    boolean rests = size == 1 || size == 3 || size == 5;
    boolean exchanges = changes > 0 && size >= 1 && size <= MOST;
    if (changes < 0 || (!rests && !exchanges)) {
      throw new IllegalArgumentException(
          shard + ": " + size + " members, expected 1, 3, 5 (or one more while one is exchanged)");
    }
    Set<NodeId> nodes = new HashSet<>();
    for (Member member : members) {
      if (!nodes.add(member.node())) {
        throw new IllegalArgumentException(shard + ": " + member.node() + " stands twice");
      }
    }
  }

  /** The first members. */
  public Placement(ShardId shard, List<Member> members) {
    this(shard, 0, members);
  }

  /** Who holds a copy at the worker. */
  public Optional<Member> at(NodeId node) {
    return members.stream().filter(member -> member.node().equals(node)).findFirst();
  }

  /** The workers in the members' order. */
  public List<NodeId> nodes() {
    return members.stream().map(Member::node).toList();
  }

  /** Whether the worker holds a copy. */
  public boolean holds(NodeId node) {
    return members.stream().anyMatch(member -> member.node().equals(node));
  }
}
