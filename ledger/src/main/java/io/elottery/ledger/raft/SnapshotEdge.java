package io.elottery.ledger.raft;

import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.RaftLog;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import java.util.List;

/**
 * Guards 2 and 13: takes append requests that begin at or below this replica's snapshot.
 *
 * <p>MicroRaft looks the entry before the first one up in its log alone. Where that entry went into
 * the snapshot it refuses; the writer, which knows of a match there, does not go lower, and the
 * replica is stuck for good. What the snapshot holds is committed, so every writer of this or a
 * later term has it too (leader completeness, Raft thesis §3.6.3), and the request can be read from
 * the snapshot on. On the ledger loop.
 */
final class SnapshotEdge {
  private final RaftNodeImpl node;

  SnapshotEdge(RaftNodeImpl node) {
    this.node = node;
  }

  /** Handles the request, changed where it must be. */
  void handle(AppendEntriesRequest request) {
    long committed = node.state().commitIndex();
    long last = request.getPreviousLogIndex() + request.getLogEntries().size();
    if (last < committed && request.getTerm() >= node.state().term()) {
      // MicroRaft would take its commit index back to that place (guard 13).
      node.handle(changed(request, 0, 0, 0, List.of()));
      confirm(
          request,
          committed,
          request.getQuerySequenceNumber(),
          request.getFlowControlSequenceNumber());
      return;
    }
    RaftLog log = node.state().log();
    SnapshotEntry snapshot = log.snapshotEntry();
    long edge = snapshot.getIndex();
    long previous = request.getPreviousLogIndex();
    boolean found = previous > edge || log.containsLogEntry(Math.max(1, previous));
    if (edge == 0
        || found
        || (previous == edge && log.lastLogOrSnapshotIndex() == edge)
        || request.getTerm() < node.state().term()) {
      node.handle(request);
      return;
    }
    List<LogEntry> beyond =
        request.getLogEntries().stream().filter(entry -> entry.getIndex() > edge).toList();
    if (beyond.isEmpty()) {
      // Nothing new: said without a look at the log, and then how far the logs match for certain.
      node.handle(changed(request, 0, 0, 0, List.of()));
      confirm(
          request, edge, request.getQuerySequenceNumber(), request.getFlowControlSequenceNumber());
      return;
    }
    LogEntry local = log.containsLogEntry(edge + 1) ? log.getLogEntry(edge + 1) : null;
    if (local != null && local.getTerm() == beyond.get(0).getTerm()) {
      List<LogEntry> rest = beyond.subList(1, beyond.size());
      long commit = request.getCommitIndex();
      node.handle(changed(request, edge + 1, local.getTerm(), commit, rest));
      return;
    }
    if (local != null) {
      // A writer that lost its place left these; they conflict, so they were never committed.
      log.truncateEntriesFrom(edge + 1);
      node.state().invalidateFuturesFrom(edge + 1, node.newNotLeaderException());
    }
    node.handle(changed(request, edge, snapshot.getTerm(), request.getCommitIndex(), beyond));
  }

  /**
   * Handles the offer of a snapshot. MicroRaft does not answer the writer about one that is behind
   * what is committed here, and the writer then offers it for ever; what is committed here is the
   * same there, so it is told how far that goes (guard 13).
   */
  void handle(InstallSnapshotRequest offer) {
    node.handle(offer);
    long committed = node.state().commitIndex();
    if (offer.isSenderLeader() && offer.getSnapshotIndex() < committed) {
      confirm(
          offer, committed, offer.getQuerySequenceNumber(), offer.getFlowControlSequenceNumber());
    }
  }

  private void confirm(RaftMessage request, long match, long query, long flow) {
    if (node.state().term() == request.getTerm()
        && request.getSender().equals(node.state().leader())) {
      node.send(
          request.getSender(),
          EntryCodec.MODEL
              .createAppendEntriesSuccessResponseBuilder()
              .setGroupId(request.getGroupId())
              .setSender(node.getLocalEndpoint())
              .setTerm(request.getTerm())
              .setLastLogIndex(match)
              .setQuerySequenceNumber(query)
              .setFlowControlSequenceNumber(flow)
              .build());
    }
  }

  private static AppendEntriesRequest changed(
      AppendEntriesRequest request, long index, int term, long commit, List<LogEntry> entries) {
    return EntryCodec.MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(request.getGroupId())
        .setSender(request.getSender())
        .setTerm(request.getTerm())
        .setPreviousLogIndex(index)
        .setPreviousLogTerm(term)
        .setCommitIndex(commit)
        .setLogEntries(entries)
        .setQuerySequenceNumber(request.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(request.getFlowControlSequenceNumber())
        .build();
  }
}
