package io.elottery.ledger.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.CheckedStore;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.StoreId;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a snapshot that shares pieces with the one before writes, leaves and restores. */
final class SnapshotStoreTest {
  private static final int KIND_AT = 1 + 2 + 8;
  private static final byte[] ONE = {1, 1, 1};
  private static final byte[] TWO = {2, 2, 2};
  private static final byte[] THREE = {3, 3, 3};
  private static final byte[] FOUR = {4};

  private final NodeLoop loop =
      new NodeLoop("ledger", new SystemTime(), 100, (where, problem) -> {});
  private final Keys keys = new Keys(new ShardId(0), 7);
  private final Disk disk = new Disk();
  private LogStore store = opened();

  SnapshotStoreTest() throws IOException {
    store.persistAndFlushLocalEndpoint(
        EntryCodec.MODEL
            .createRaftEndpointPersistentStateBuilder()
            .setLocalEndpoint(LoneReplica.endpoint(1))
            .setVoting(true)
            .build());
    store.persistAndFlushInitialGroupMembers(members());
    store.persistAndFlushTerm(
        EntryCodec.MODEL
            .createRaftTermPersistentStateBuilder()
            .setTerm(1)
            .setVotedFor(null)
            .build());
  }

  @Test
  void onlyPiecesThatAreNewAreWritten() throws IOException {
    persist(10, ONE, TWO);
    persist(20, ONE, TWO, THREE);

    assertThat(records('P')).hasSize(3);
    assertThat(records('S')).hasSize(5);
    assertThat(restored()).containsExactly(ONE, TWO, THREE);
  }

  @Test
  void piecesThatNoSnapshotNamesAreRemoved() throws IOException {
    persist(10, ONE, TWO);
    persist(20, ONE, THREE);
    store.truncateLogEntriesUntil(20);

    assertThat(records('P')).hasSize(2);
    assertThat(records('S')).hasSize(2);
    assertThat(restored()).containsExactly(ONE, THREE);
  }

  @Test
  void whatIsRestoredIsNotWrittenAgain() throws IOException {
    persist(10, ONE, TWO);
    store = opened();
    List<byte[]> again = restored();
    List<byte[]> before = records('P');

    persist(20, again.get(0), again.get(1), THREE);
    store.truncateLogEntriesUntil(20);

    assertThat(records('P')).hasSize(3);
    for (int number = 0; number < 2; number++) {
      assertThat(records('P').get(number)).isSameAs(before.get(number));
    }
    store = opened();
    assertThat(restored()).containsExactly(ONE, TWO, THREE);
  }

  @Test
  void snapshotThatEndsHalfWayLeavesTheOneBefore() throws IOException {
    persist(10, ONE, TWO);
    NavigableMap<byte[], byte[]> before = new TreeMap<>(disk.records);
    disk.writes.clear();
    persist(20, ONE, THREE, FOUR);
    store.truncateLogEntriesUntil(20);
    List<Consumer<NavigableMap<byte[], byte[]>>> writes = List.copyOf(disk.writes);

    // As a power cut leaves it: any first part of what was written since.
    int whole = 0;
    for (int kept = 0; kept <= writes.size(); kept++) {
      disk.records.clear();
      disk.records.putAll(before);
      writes.subList(0, kept).forEach(write -> write.accept(disk.records));
      store = opened();
      List<byte[]> state = restored();
      whole += state.size() == 3 ? 1 : 0;
      if (state.size() == 3) {
        assertThat(state).containsExactly(ONE, THREE, FOUR);
      } else {
        assertThat(state).as("after %d writes", kept).containsExactly(ONE, TWO);
      }
      assertThat(records('P')).as("after %d writes", kept).hasSize(state.size());
      assertThat(records('S')).as("after %d writes", kept).hasSize(state.size());
    }
    assertThat(whole).isBetween(1, writes.size() - 1);
  }

  @Test
  void snapshotThatWasWrittenWithItsBytesIsRead() throws IOException {
    for (SnapshotChunk chunk : chunks(10, ONE, TWO)) {
      WireWriter out = new WireWriter();
      EntryCodec.chunk(out, chunk);
      new CheckedStore(disk).put(keys.chunk(10, chunk.getSnapshotChunkIndex()), out.toBytes());
    }

    assertThat(restored()).containsExactly(ONE, TWO);
    persist(20, ONE, THREE);
    store.truncateLogEntriesUntil(20);
    assertThat(restored()).containsExactly(ONE, THREE);
  }

  @Test
  void flippedBitInAnyRecordIsFound() throws IOException {
    persist(10, ONE, TWO);
    Random random = new Random(1);
    for (byte[] key : List.copyOf(disk.records.keySet())) {
      byte[] sound = Objects.requireNonNull(disk.records.get(key));
      byte[] flipped = sound.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      disk.records.put(key, flipped);
      assertThatThrownBy(() -> opened().restore()).isInstanceOf(RecordDamaged.class);
      disk.records.put(key, sound);
    }
  }

  private LogStore opened() {
    return new LogStore(new GroupCommit(loop, new CheckedStore(disk), (where, it) -> {}), keys);
  }

  private void persist(long index, byte[]... pieces) throws IOException {
    for (SnapshotChunk chunk : chunks(index, pieces)) {
      store.persistSnapshotChunk(chunk);
    }
  }

  private static List<SnapshotChunk> chunks(long index, byte[]... pieces) {
    List<SnapshotChunk> chunks = new ArrayList<>();
    for (int number = 0; number < pieces.length; number++) {
      chunks.add(
          EntryCodec.MODEL
              .createSnapshotChunkBuilder()
              .setIndex(index)
              .setTerm(1)
              .setSnapshotChunkIndex(number)
              .setSnapshotChunkCount(pieces.length)
              .setGroupMembersView(members())
              .setOperation(new Operation(pieces[number]))
              .build());
    }
    return chunks;
  }

  private static RaftGroupMembersView members() {
    return EntryCodec.MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(0)
        .setMembers(List.of(LoneReplica.endpoint(1)))
        .setVotingMembers(List.of(LoneReplica.endpoint(1)))
        .build();
  }

  @SuppressWarnings("unchecked")
  private List<byte[]> restored() {
    SnapshotEntry snapshot = store.restore().orElseThrow().getSnapshotEntry();
    return ((List<SnapshotChunk>) snapshot.getOperation())
        .stream().map(chunk -> ((Operation) chunk.getOperation()).bytes()).toList();
  }

  private List<byte[]> records(char kind) {
    return disk.records.entrySet().stream()
        .filter(record -> record.getKey()[KIND_AT] == kind)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Remembers each write. */
  private static final class Disk implements DurableStore {
    private final NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Consumer<NavigableMap<byte[], byte[]>>> writes = new ArrayList<>();

    private void write(Consumer<NavigableMap<byte[], byte[]>> write) {
      writes.add(write);
      write.accept(records);
    }

    @Override
    public StoreId id() {
      return StoreId.of(new byte[16]);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      write(to -> to.put(key, value));
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
      write(all -> all.subMap(from, true, to, false).clear());
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
      return Optional.ofNullable(records.get(key));
    }

    @Override
    public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      List.copyOf(records.subMap(from, true, to, false).entrySet())
          .forEach(record -> visitor.accept(record.getKey(), record.getValue()));
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }
}
