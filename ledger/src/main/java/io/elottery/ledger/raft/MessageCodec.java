package io.elottery.ledger.raft;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.microraft.RaftEndpoint;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.ArrayList;
import java.util.List;

/** The bytes of MicroRaft's messages: {@code docs/formats/ledger.md}. */
final class MessageCodec {
  private static final int APPEND = 1;
  private static final int APPEND_SUCCESS = 2;
  private static final int APPEND_FAILURE = 3;
  private static final int VOTE = 4;
  private static final int VOTE_RESPONSE = 5;
  private static final int PRE_VOTE = 6;
  private static final int PRE_VOTE_RESPONSE = 7;
  private static final int TRIGGER = 8;
  private static final int SNAPSHOT = 9;
  private static final int SNAPSHOT_RESPONSE = 10;
  private static final int ENTRIES_MAX = 100_000;
  private static final int SMALL = 128; // all but the entries of most messages

  private static final DefaultRaftModelFactory MODEL = EntryCodec.MODEL;

  private MessageCodec() {}

  /** About the bytes of it, so that the buffer need not grow. */
  static int size(RaftMessage message) {
    int size = SMALL;
    if (message instanceof AppendEntriesRequest request) {
      for (LogEntry entry : request.getLogEntries()) {
        size += EntryCodec.size(entry);
      }
    }
    return size;
  }

  static void encode(WireWriter out, RaftMessage message) {
    if (message instanceof AppendEntriesRequest it) {
      head(out, APPEND, it)
          .varint(it.getPreviousLogTerm())
          .varint(it.getPreviousLogIndex())
          .varint(it.getCommitIndex())
          .varint(it.getQuerySequenceNumber())
          .varint(it.getFlowControlSequenceNumber())
          .varint(it.getLogEntries().size());
      it.getLogEntries().forEach(entry -> EntryCodec.entry(out, entry));
    } else if (message instanceof AppendEntriesSuccessResponse it) {
      head(out, APPEND_SUCCESS, it)
          .varint(it.getLastLogIndex())
          .varint(it.getQuerySequenceNumber())
          .varint(it.getFlowControlSequenceNumber());
    } else if (message instanceof AppendEntriesFailureResponse it) {
      head(out, APPEND_FAILURE, it)
          .varint(it.getExpectedNextIndex())
          .varint(it.getQuerySequenceNumber())
          .varint(it.getFlowControlSequenceNumber());
    } else if (message instanceof VoteRequest it) {
      head(out, VOTE, it)
          .varint(it.getLastLogTerm())
          .varint(it.getLastLogIndex())
          .bool(it.isSticky());
    } else if (message instanceof VoteResponse it) {
      head(out, VOTE_RESPONSE, it).bool(it.isGranted());
    } else if (message instanceof PreVoteRequest it) {
      head(out, PRE_VOTE, it).varint(it.getLastLogTerm()).varint(it.getLastLogIndex());
    } else if (message instanceof PreVoteResponse it) {
      head(out, PRE_VOTE_RESPONSE, it).bool(it.isGranted());
    } else if (message instanceof TriggerLeaderElectionRequest it) {
      head(out, TRIGGER, it).varint(it.getLastLogTerm()).varint(it.getLastLogIndex());
    } else if (message instanceof InstallSnapshotRequest it) {
      snapshot(head(out, SNAPSHOT, it), it);
    } else if (message instanceof InstallSnapshotResponse it) {
      head(out, SNAPSHOT_RESPONSE, it)
          .varint(it.getSnapshotIndex())
          .varint(it.getRequestedSnapshotChunkIndex())
          .varint(it.getQuerySequenceNumber())
          .varint(it.getFlowControlSequenceNumber());
    } else {
      throw new IllegalArgumentException("a message that is not known: " + message);
    }
  }

  static RaftMessage decode(WireReader in, Object group, RaftEndpoint sender)
      throws MalformedMessage {
    int kind = in.u8();
    int term = EntryCodec.term(in);
    RaftMessage message =
        switch (kind) {
          case APPEND -> append(in, group, sender, term);
          case APPEND_SUCCESS ->
              MODEL
                  .createAppendEntriesSuccessResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogIndex(in.varint())
                  .setQuerySequenceNumber(in.varint())
                  .setFlowControlSequenceNumber(in.varint())
                  .build();
          case APPEND_FAILURE ->
              MODEL
                  .createAppendEntriesFailureResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setExpectedNextIndex(in.varint())
                  .setQuerySequenceNumber(in.varint())
                  .setFlowControlSequenceNumber(in.varint())
                  .build();
          case VOTE ->
              MODEL
                  .createVoteRequestBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogTerm(EntryCodec.term(in))
                  .setLastLogIndex(in.varint())
                  .setSticky(in.bool())
                  .build();
          case VOTE_RESPONSE ->
              MODEL
                  .createVoteResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setGranted(in.bool())
                  .build();
          case PRE_VOTE ->
              MODEL
                  .createPreVoteRequestBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setLastLogTerm(EntryCodec.term(in))
                  .setLastLogIndex(in.varint())
                  .build();
          case PRE_VOTE_RESPONSE ->
              MODEL
                  .createPreVoteResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setGranted(in.bool())
                  .build();
          case TRIGGER -> trigger(group, sender, term, EntryCodec.term(in), in.varint());
          case SNAPSHOT -> snapshot(in, group, sender, term);
          case SNAPSHOT_RESPONSE ->
              MODEL
                  .createInstallSnapshotResponseBuilder()
                  .setGroupId(group)
                  .setSender(sender)
                  .setTerm(term)
                  .setSnapshotIndex(in.varint())
                  .setRequestedSnapshotChunkIndex(in.count(EntryCodec.CHUNKS_MAX))
                  .setQuerySequenceNumber(in.varint())
                  .setFlowControlSequenceNumber(in.varint())
                  .build();
          default -> throw new MalformedMessage("Raft message of kind " + kind);
        };
    in.done();
    return message;
  }

  static TriggerLeaderElectionRequest trigger(
      Object group, RaftEndpoint sender, int term, int lastLogTerm, long lastLogIndex) {
    return MODEL
        .createTriggerLeaderElectionRequestBuilder()
        .setGroupId(group)
        .setSender(sender)
        .setTerm(term)
        .setLastLogTerm(lastLogTerm)
        .setLastLogIndex(lastLogIndex)
        .build();
  }

  private static WireWriter head(WireWriter out, int kind, RaftMessage message) {
    return out.u8(kind).varint(message.getTerm());
  }

  private static AppendEntriesRequest append(
      WireReader in, Object group, RaftEndpoint sender, int term) throws MalformedMessage {
    var builder =
        MODEL
            .createAppendEntriesRequestBuilder()
            .setGroupId(group)
            .setSender(sender)
            .setTerm(term)
            .setPreviousLogTerm(EntryCodec.term(in))
            .setPreviousLogIndex(in.varint())
            .setCommitIndex(in.varint())
            .setQuerySequenceNumber(in.varint())
            .setFlowControlSequenceNumber(in.varint());
    int count = in.count(ENTRIES_MAX);
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(EntryCodec.entry(in));
    }
    return builder.setLogEntries(entries).build();
  }

  private static void snapshot(WireWriter out, InstallSnapshotRequest it) {
    out.bool(it.isSenderLeader())
        .varint(it.getSnapshotTerm())
        .varint(it.getSnapshotIndex())
        .varint(it.getTotalSnapshotChunkCount())
        .varint(it.getQuerySequenceNumber())
        .varint(it.getFlowControlSequenceNumber());
    EntryCodec.endpoints(out, it.getSnapshottedMembers());
    EntryCodec.members(out, it.getGroupMembersView());
    out.bool(it.getSnapshotChunk() != null);
    if (it.getSnapshotChunk() != null) {
      EntryCodec.chunk(out, it.getSnapshotChunk());
    }
  }

  private static InstallSnapshotRequest snapshot(
      WireReader in, Object group, RaftEndpoint sender, int term) throws MalformedMessage {
    var builder =
        MODEL
            .createInstallSnapshotRequestBuilder()
            .setGroupId(group)
            .setSender(sender)
            .setTerm(term)
            .setSenderLeader(in.bool())
            .setSnapshotTerm(EntryCodec.term(in))
            .setSnapshotIndex(in.varint())
            .setTotalSnapshotChunkCount(in.count(EntryCodec.CHUNKS_MAX))
            .setQuerySequenceNumber(in.varint())
            .setFlowControlSequenceNumber(in.varint())
            .setSnapshottedMembers(EntryCodec.endpoints(in))
            .setGroupMembersView(EntryCodec.members(in));
    if (in.bool()) {
      builder.setSnapshotChunk(EntryCodec.chunk(in));
    }
    return builder.build();
  }
}
