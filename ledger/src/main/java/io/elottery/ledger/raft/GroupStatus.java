package io.elottery.ledger.raft;

import io.elottery.foundation.id.NodeId;
import java.util.Optional;

/**
 * Where a replica stands.
 *
 * @param writes whether it is the writer of its shard, as far as it knows
 * @param writer who is, as far as it knows
 * @param term Raft's
 * @param commitIndex up to where the log is committed, as far as it knows
 * @param appliedIndex up to where its state is
 * @param lastIndex the end of its log
 */
public record GroupStatus(
    boolean writes,
    Optional<NodeId> writer,
    int term,
    long commitIndex,
    long appliedIndex,
    long lastIndex) {}
