package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who holds a shard. A hint to everyone but its members: the Raft configuration is the truth.
 *
 * @param members one, three or five; six only while one is exchanged; the preferred writer first
 */
public record Placement(ShardId shard, List<Member> members) {
  /** Checks that the size is one that may be and that no worker stands twice. */
  public Placement {
    members = List.copyOf(members);
    int size = members.size();
    if (size != 1 && size != 3 && size != 5 && size != 6) {
      throw new IllegalArgumentException(
          shard + ": " + size + " members, expected 1, 3, 5 (or 6 while one is exchanged)");
    }
    Set<NodeId> nodes = new HashSet<>();
    for (Member member : members) {
      if (!nodes.add(member.node())) {
        throw new IllegalArgumentException(shard + ": " + member.node() + " stands twice");
      }
    }
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
