package io.elottery.reports.report;

import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What a worker says of one of its replicas.
 *
 * @param shard the shard's number
 * @param role what this replica is
 * @param writer who it follows; itself when it writes
 * @param term its Raft term
 * @param commit highest position known committed
 * @param applied highest position applied
 * @param members the shard's members as its Raft configuration says
 */
public record ShardReport(
    int shard,
    ReplicaRole role,
    Optional<NodeId> writer,
    long term,
    long commit,
    long applied,
    List<NodeId> members) {
  /** Checks the ranges and copies the members. */
  public ShardReport {
    if (shard < 0 || term < 0 || commit < 0 || applied < 0) {
      throw new IllegalArgumentException("shard " + shard + ": expected no number below 0");
    }
    members = List.copyOf(members);
  }

  /** What a replica is. */
  public enum ReplicaRole {
    /** Accepts commands: the Raft leader. */
    WRITER,
    /** Follows the writer. */
    FOLLOWER,
    /** Stands for election now. */
    CANDIDATE,
    /** Learns; has no vote yet. */
    LEARNER
  }
}
