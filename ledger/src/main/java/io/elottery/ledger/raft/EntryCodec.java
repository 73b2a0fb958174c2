package io.elottery.ledger.raft;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.ring.Member;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.groupop.UpdateRaftGroupMembersOp;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotChunk.SnapshotChunkBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The bytes of log entries, snapshot chunks and members: {@code docs/formats/ledger.md}. */
final class EntryCodec {
  static final DefaultRaftModelFactory MODEL = new DefaultRaftModelFactory();

  // 64 GiB; MicroRaft makes a list of that many numbers at once.
  static final int CHUNKS_MAX = 65_536;

  private static final int BATCH = 1;
  private static final int MEMBERS = 2;
  private static final int PIECE = 3; // at rest only
  private static final int MEMBERS_MAX = 16;
  private static final int SMALL = 32; // an entry beside its operation

  private EntryCodec() {}

  /** About the bytes of it. */
  static int size(LogEntry entry) {
    return SMALL + (entry.getOperation() instanceof Operation ours ? ours.bytes().length : SMALL);
  }

  static void entry(WireWriter out, LogEntry entry) {
    out.varint(entry.getIndex()).varint(entry.getTerm());
    operation(out, entry.getOperation());
  }

  static LogEntry entry(WireReader in) throws MalformedMessage {
    return MODEL
        .createLogEntryBuilder()
        .setIndex(in.varint())
        .setTerm(term(in))
        .setOperation(operation(in))
        .build();
  }

  /** A chunk as it is sent. */
  static void chunk(WireWriter out, SnapshotChunk chunk) {
    chunkHead(out, chunk);
    operation(out, chunk.getOperation());
  }

  /** A chunk as it rests, its bytes elsewhere. */
  static void chunk(WireWriter out, SnapshotChunk chunk, long piece) {
    chunkHead(out, chunk);
    out.u8(PIECE).varint(piece);
  }

  private static void chunkHead(WireWriter out, SnapshotChunk chunk) {
    out.varint(chunk.getIndex())
        .varint(chunk.getTerm())
        .varint(chunk.getSnapshotChunkIndex())
        .varint(chunk.getSnapshotChunkCount());
    members(out, chunk.getGroupMembersView());
  }

  static SnapshotChunk chunk(WireReader in) throws MalformedMessage {
    return chunkHead(in).setOperation(operation(in)).build();
  }

  /** A chunk that rests with its bytes elsewhere, or as it was sent. */
  static SnapshotChunk chunk(WireReader in, Map<Long, byte[]> pieces) throws MalformedMessage {
    SnapshotChunkBuilder chunk = chunkHead(in);
    int kind = in.u8();
    if (kind != PIECE) {
      return chunk.setOperation(operation(in, kind)).build();
    }
    long number = in.varint();
    byte[] piece = pieces.get(number);
    if (piece == null) {
      throw new MalformedMessage("piece " + number + " of a snapshot is missing");
    }
    return chunk.setOperation(new Operation(piece)).build();
  }

  private static SnapshotChunkBuilder chunkHead(WireReader in) throws MalformedMessage {
    return MODEL
        .createSnapshotChunkBuilder()
        .setIndex(in.varint())
        .setTerm(term(in))
        .setSnapshotChunkIndex(in.count(CHUNKS_MAX))
        .setSnapshotChunkCount(in.count(CHUNKS_MAX))
        .setGroupMembersView(members(in));
  }

  static void members(WireWriter out, RaftGroupMembersView view) {
    out.varint(view.getLogIndex());
    endpoints(out, view.getMembers());
    endpoints(out, view.getVotingMembers());
  }

  static RaftGroupMembersView members(WireReader in) throws MalformedMessage {
    return MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(in.varint())
        .setMembers(endpoints(in))
        .setVotingMembers(endpoints(in))
        .build();
  }

  static void endpoints(WireWriter out, Collection<RaftEndpoint> endpoints) {
    out.varint(endpoints.size());
    endpoints.forEach(endpoint -> endpoint(out, endpoint));
  }

  static List<RaftEndpoint> endpoints(WireReader in) throws MalformedMessage {
    int count = in.count(MEMBERS_MAX);
    List<RaftEndpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      endpoints.add(endpoint(in));
    }
    return endpoints;
  }

  static void endpoint(WireWriter out, RaftEndpoint endpoint) {
    Member member = Endpoint.of(endpoint).member();
    out.text(member.node().name()).varint(member.incarnation());
  }

  static RaftEndpoint endpoint(WireReader in) throws MalformedMessage {
    String name = in.text();
    long incarnation = in.varint();
    try {
      return new Endpoint(new Member(NodeId.of(name), incarnation));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  static int term(WireReader in) throws MalformedMessage {
    return in.count(Integer.MAX_VALUE);
  }

  private static void operation(WireWriter out, Object operation) {
    if (operation instanceof Operation ours) {
      out.u8(BATCH).bytes(ours.bytes());
    } else if (operation instanceof UpdateRaftGroupMembersOp change) {
      out.u8(MEMBERS);
      endpoints(out, change.getMembers());
      endpoints(out, change.getVotingMembers());
      endpoint(out, change.getEndpoint());
      out.u8(change.getMode().ordinal());
    } else {
      throw new IllegalArgumentException("an operation that is not ours: " + operation);
    }
  }

  private static Object operation(WireReader in) throws MalformedMessage {
    return operation(in, in.u8());
  }

  private static Object operation(WireReader in, int kind) throws MalformedMessage {
    return switch (kind) {
      case BATCH -> new Operation(in.bytes());
      case MEMBERS ->
          MODEL
              .createUpdateRaftGroupMembersOpBuilder()
              .setMembers(endpoints(in))
              .setVotingMembers(endpoints(in))
              .setEndpoint(endpoint(in))
              .setMode(mode(in.u8()))
              .build();
      default -> throw new MalformedMessage("operation of kind " + kind);
    };
  }

  private static MembershipChangeMode mode(int ordinal) throws MalformedMessage {
    MembershipChangeMode[] modes = MembershipChangeMode.values();
    if (ordinal >= modes.length) {
      throw new MalformedMessage("membership change " + ordinal);
    }
    return modes[ordinal];
  }
}
