package io.elottery.ledger.raft;

import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.transport.Transport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way out of one replica: append requests go at once, everything else after the turn's flush.
 *
 * <p>A request that holds no entries and only tells of a commit waits for the end of the turn: what
 * was answered by then brings the next entries, which tell it as well. Under load that is half of
 * all requests, and each would be answered. On the ledger loop.
 */
final class Outgoing implements Transport {
  private final ShardId shard;
  private final Member self;
  private final RaftPorts ports;
  // Both by those that are members now, or were: as many as ever were in one life.
  private final Map<Member, Long> told = new HashMap<>(); // the commit index said last
  private final Map<Member, AppendEntriesRequest> notices = new LinkedHashMap<>();

  Outgoing(ShardId shard, Member self, RaftPorts ports) {
    this.shard = shard;
    this.self = self;
    this.ports = ports;
  }

  @Override
  public void send(RaftEndpoint target, RaftMessage message) {
    Member to = Endpoint.of(target).member();
    GroupCommit commit = ports.commit();
    if (commit.hasFailed()) {
      return;
    }
    if (!(message instanceof AppendEntriesRequest request)) {
      commit.afterFlush(() -> transmit(to, message));
    } else if (tellsOnlyOfCommit(to, request)) {
      if (notices.isEmpty()) {
        commit.atTurnEnd(this::tell);
      }
      notices.put(to, request);
    } else {
      notices.remove(to);
      append(to, request);
    }
  }

  // One that waits for its answer has a number; a heartbeat has nothing new to tell.
  private boolean tellsOnlyOfCommit(Member to, AppendEntriesRequest request) {
    return request.getLogEntries().isEmpty()
        && request.getFlowControlSequenceNumber() == 0
        && request.getCommitIndex() > told.getOrDefault(to, 0L);
  }

  private void tell() {
    Map<Member, AppendEntriesRequest> left = new LinkedHashMap<>(notices);
    notices.clear();
    left.forEach(this::append);
  }

  private void append(Member to, AppendEntriesRequest request) {
    told.put(to, request.getCommitIndex());
    transmit(to, request);
  }

  private void transmit(Member to, RaftMessage message) {
    GroupCommit commit = ports.commit();
    commit.sent();
    ports
        .transport()
        .send(to.node(), RaftGroup.envelope(shard, commit.store().standing(), self, to, message));
  }

  @Override
  public boolean isReachable(RaftEndpoint endpoint) {
    return true;
  }
}
