package io.elottery.ledger.raft;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.StoreFailed;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica's records in the worker's store. They go through {@link GroupCommit}, which flushes
 * for all replicas before anything is told to anybody. MicroRaft swallows what a store throws;
 * {@link GroupCommit} has ended everything by then.
 */
final class LogStore implements RaftStore {
  private final GroupCommit commit;
  private final Keys keys;
  private final PieceRecords pieces;

  LogStore(GroupCommit commit, Keys keys) {
    this.commit = commit;
    this.keys = keys;
    this.pieces = new PieceRecords(commit, keys);
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState state) throws IOException {
    WireWriter out = new WireWriter();
    EntryCodec.endpoint(out, state.getLocalEndpoint());
    put(keys.endpoint(), out.bool(state.isVoting()));
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView members) throws IOException {
    WireWriter out = new WireWriter();
    EntryCodec.members(out, members);
    put(keys.members(), out);
  }

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState state) throws IOException {
    WireWriter out = new WireWriter().varint(state.getTerm());
    RaftEndpoint votedFor = state.getVotedFor();
    out.bool(votedFor != null);
    if (votedFor != null) {
      EntryCodec.endpoint(out, votedFor);
    }
    put(keys.term(), out);
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) throws IOException {
    for (LogEntry entry : entries) {
      WireWriter out = new WireWriter(EntryCodec.size(entry));
      EntryCodec.entry(out, entry);
      put(keys.entry(entry.getIndex()), out);
    }
  }

  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) throws IOException {
    int number = chunk.getSnapshotChunkIndex();
    byte[] bytes = ((Operation) chunk.getOperation()).bytes();
    WireWriter out = new WireWriter(256);
    try {
      // First the piece, then what names it: there is never one of a snapshot's chunks without it.
      EntryCodec.chunk(out, chunk, pieces.keep(chunk.getIndex(), number, bytes));
    } catch (StoreFailed problem) {
      throw new IOException(problem);
    }
    put(keys.chunk(chunk.getIndex(), number), out);
  }

  @Override
  public void truncateLogEntriesFrom(long indexInclusive) throws IOException {
    delete(keys.entry(indexInclusive), keys.logEnd());
  }

  @Override
  public void truncateLogEntriesUntil(long indexInclusive) throws IOException {
    delete(keys.entry(0), keys.entry(indexInclusive + 1));
    // Only called when a snapshot at this index or above is complete: older ones serve nobody.
    delete(keys.chunk(0, 0), keys.chunk(indexInclusive, 0));
    tidy(() -> pieces.dropBelow(indexInclusive));
  }

  @Override
  public void deleteSnapshotChunks(long index, int chunkCount) throws IOException {
    delete(keys.chunk(index, 0), keys.chunk(index + 1, 0));
    tidy(() -> pieces.drop(index));
  }

  /** Nothing to do: every write has marked the turn, and the turn's flush is the only one. */
  @Override
  public void flush() {}

  /**
   * What rests of an earlier life; empty when this replica never lived here.
   *
   * @throws RecordDamaged when it is not what was written, or part of it is missing
   */
  Optional<RestoredRaftState> restore() {
    Optional<byte[]> endpoint = commit.store().get(keys.endpoint());
    Optional<byte[]> members = commit.store().get(keys.members());
    Optional<byte[]> term = commit.store().get(keys.term());
    if (endpoint.isEmpty() || members.isEmpty() || term.isEmpty()) {
      return Optional.empty();
    }
    try {
      SnapshotEntry snapshot = newestCompleteSnapshot();
      long after = snapshot == null ? 0 : snapshot.getIndex();
      return Optional.of(
          new RestoredRaftState(
              endpoint(endpoint.get()),
              EntryCodec.members(new WireReader(members.get())),
              term(term.get()),
              snapshot,
              entriesAfter(after)));
    } catch (MalformedMessage damaged) {
      throw new RecordDamaged(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  private static RaftEndpointPersistentState endpoint(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    return EntryCodec.MODEL
        .createRaftEndpointPersistentStateBuilder()
        .setLocalEndpoint(EntryCodec.endpoint(in))
        .setVoting(in.bool())
        .build();
  }

  private static RaftTermPersistentState term(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int term = EntryCodec.term(in);
    RaftEndpoint votedFor = in.bool() ? EntryCodec.endpoint(in) : null;
    return EntryCodec.MODEL
        .createRaftTermPersistentStateBuilder()
        .setTerm(term)
        .setVotedFor(votedFor)
        .build();
  }

  // All others are removed: MicroRaft goes on with none that was not complete.
  private @Nullable SnapshotEntry newestCompleteSnapshot() throws MalformedMessage {
    Map<Long, byte[]> there = new TreeMap<>();
    commit.scan(
        keys.piece(0), keys.piecesEnd(), (key, piece) -> there.put(Keys.pieceNumber(key), piece));
    TreeMap<Long, List<SnapshotChunk>> snapshots = new TreeMap<>();
    for (byte[] bytes : values(keys.chunk(0, 0), keys.snapshotsEnd())) {
      SnapshotChunk chunk = EntryCodec.chunk(new WireReader(bytes), there);
      snapshots.computeIfAbsent(chunk.getIndex(), index -> new ArrayList<>()).add(chunk);
    }
    List<SnapshotChunk> newest = List.of();
    for (List<SnapshotChunk> chunks : snapshots.descendingMap().values()) {
      if (newest.isEmpty() && chunks.size() == chunks.get(0).getSnapshotChunkCount()) {
        newest = chunks;
      } else {
        long index = chunks.get(0).getIndex();
        commit.deleteRange(keys.chunk(index, 0), keys.chunk(index + 1, 0));
      }
    }
    if (newest.isEmpty()) {
      pieces.restored(there, 0, Map.of());
      return null;
    }
    Map<Integer, byte[]> named = new TreeMap<>();
    for (SnapshotChunk chunk : newest) {
      named.put(chunk.getSnapshotChunkIndex(), ((Operation) chunk.getOperation()).bytes());
    }
    SnapshotChunk any = newest.get(0);
    pieces.restored(there, any.getIndex(), named);
    return EntryCodec.MODEL
        .createSnapshotEntryBuilder()
        .setIndex(any.getIndex())
        .setTerm(any.getTerm())
        .setSnapshotChunks(newest)
        .setGroupMembersView(any.getGroupMembersView())
        .build();
  }

  private List<LogEntry> entriesAfter(long index) throws MalformedMessage {
    List<LogEntry> entries = new ArrayList<>();
    for (byte[] bytes : values(keys.entry(index + 1), keys.logEnd())) {
      LogEntry entry = EntryCodec.entry(new WireReader(bytes));
      if (entry.getIndex() != index + 1 + entries.size()) {
        throw new MalformedMessage(
            "entry " + entry.getIndex() + " where " + (index + 1 + entries.size()) + " belongs");
      }
      entries.add(entry);
    }
    return entries;
  }

  private List<byte[]> values(byte[] from, byte[] to) {
    List<byte[]> values = new ArrayList<>();
    commit.store().scan(from, to, (key, value) -> values.add(value));
    return values;
  }

  private void put(byte[] key, WireWriter value) throws IOException {
    try {
      commit.put(key, value.toBytes());
    } catch (StoreFailed problem) {
      throw new IOException(problem);
    }
  }

  private void delete(byte[] from, byte[] to) throws IOException {
    tidy(() -> commit.deleteRange(from, to));
  }

  private static void tidy(Runnable change) throws IOException {
    try {
      change.run();
    } catch (StoreFailed problem) {
      throw new IOException(problem);
    }
  }
}
