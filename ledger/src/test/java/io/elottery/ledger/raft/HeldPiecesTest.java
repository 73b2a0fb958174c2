package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.InstallSnapshotRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A replica asks for no piece of a snapshot that it has. */
final class HeldPiecesTest {
  private static final int KIND_AT = 1 + 2 + 8;

  private final LoneReplica replica = new LoneReplica();

  @Test
  void whatCameOfTheSnapshotBeforeIsNotAskedForAgain() {
    List<byte[]> first = chunks("a", "b", "c", "d", "end 1");
    offer(10, first);
    give(10, first, 0, 1, 2, 3);
    replica.asked.clear();

    List<byte[]> second = chunks("a", "b", "c", "d", "e", "end 2");
    offer(20, second);
    give(20, second, 0);
    assertThat(replica.asked).as("the manifest, then what is missing").containsExactly(0, 4);
    assertThat(replica.group.heldPieces()).isEqualTo(3);
    give(20, second, 4, 5, 6);

    assertThat(replica.group.heldPieces()).as("once it is installed").isZero();
    assertThat(texts()).containsExactly("a", "b", "c", "d", "e", "end 2");
    assertThat(replica.group.status().appliedIndex()).isEqualTo(20);
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void whatIsInItsOwnSnapshotIsNotAskedForEither() {
    List<byte[]> first = chunks("a", "b", "end 1");
    offer(10, first);
    give(10, first, 0, 1, 2, 3);
    assertThat(texts()).containsExactly("a", "b", "end 1");
    replica.restart();
    replica.asked.clear();

    List<byte[]> second = chunks("z", "b", "a", "end 2");
    offer(20, second);
    give(20, second, 0);
    assertThat(replica.asked).containsExactly(0, 1);
    give(20, second, 1, 4);

    assertThat(texts()).containsExactly("z", "b", "a", "end 2");
  }

  @Test
  void aSnapshotOfWhichAllIsHereNeedsItsManifestOnly() {
    List<byte[]> first = chunks("a", "b");
    offer(10, first);
    give(10, first, 0, 1, 2);
    replica.asked.clear();

    List<byte[]> second = chunks("b", "a");
    offer(20, second);
    give(20, second, 0);

    assertThat(replica.asked).containsExactly(0);
    assertThat(texts()).containsExactly("b", "a");
  }

  @Test
  void aPieceThatIsNotWhatTheManifestSaidIsNotTakenForIt() {
    List<byte[]> first = chunks("a", "b", "end 1");
    first.set(1, bytes("not a"));
    offer(10, first);
    give(10, first, 0, 1);
    replica.asked.clear();

    List<byte[]> second = chunks("a", "b", "end 2");
    offer(20, second);
    give(20, second, 0);

    assertThat(replica.asked).containsExactly(0, 1);
  }

  @Test
  void onlyWhatIsNewIsWrittenAndWhatIsOldRemoved() {
    List<byte[]> first = chunks("a", "b", "c", "end 1");
    offer(10, first);
    give(10, first, 0, 1, 2, 3); // all but the end
    List<Long> before = pieces();
    assertThat(before).hasSize(4);

    List<byte[]> second = chunks("a", "b", "c", "end 2");
    offer(20, second);
    give(20, second, 0, 4);

    assertThat(texts()).containsExactly("a", "b", "c", "end 2");
    replica.arrives(2, append(2, 1, 20, 1, 21));
    replica.turn();
    // The first of the records before was the other manifest's.
    assertThat(pieces()).hasSize(5).containsAll(before.subList(1, 4)).doesNotContain(before.get(0));
  }

  @Test
  void aSnapshotFromBeforeThereWereManifestsIsTakenWhole() {
    List<byte[]> old = List.of(bytes("a"), bytes("b"));
    offer(10, old);
    give(10, old, 0, 1);

    assertThat(texts()).containsExactly("a", "b");
  }

  private void offer(long index, List<byte[]> chunks) {
    replica.arrives(2, request(index, chunks.size(), null));
    replica.turn();
  }

  private void give(long index, List<byte[]> chunks, int... numbers) {
    for (int number : numbers) {
      SnapshotChunk chunk =
          EntryCodec.MODEL
              .createSnapshotChunkBuilder()
              .setIndex(index)
              .setTerm(1)
              .setSnapshotChunkIndex(number)
              .setSnapshotChunkCount(chunks.size())
              .setGroupMembersView(members())
              .setOperation(new Operation(chunks.get(number)))
              .build();
      replica.arrives(2, request(index, chunks.size(), chunk));
      replica.turn();
    }
  }

  private static InstallSnapshotRequest request(
      long index, int chunks, @Nullable SnapshotChunk chunk) {
    return EntryCodec.MODEL
        .createInstallSnapshotRequestBuilder()
        .setGroupId(LoneReplica.SHARD)
        .setSender(LoneReplica.endpoint(2))
        .setTerm(1)
        .setSenderLeader(true)
        .setSnapshotTerm(1)
        .setSnapshotIndex(index)
        .setTotalSnapshotChunkCount(chunks)
        .setSnapshotChunk(chunk)
        .setSnapshottedMembers(List.of(LoneReplica.endpoint(2)))
        .setGroupMembersView(members())
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .build();
  }

  private static RaftGroupMembersView members() {
    List<RaftEndpoint> all =
        IntStream.rangeClosed(1, 5).<RaftEndpoint>mapToObj(LoneReplica::endpoint).toList();
    return EntryCodec.MODEL
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(0)
        .setMembers(all)
        .setVotingMembers(all)
        .build();
  }

  /** The pieces after their manifest. */
  private static List<byte[]> chunks(String... pieces) {
    List<byte[]> all = new ArrayList<>(Arrays.stream(pieces).map(HeldPiecesTest::bytes).toList());
    List<ByteBuffer> sums = all.stream().map(piece -> ByteBuffer.wrap(Sha256.of(piece))).toList();
    all.add(0, new SnapshotManifest(sums).encode());
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> texts() {
    return replica.restored.stream()
        .map(piece -> new String(piece, StandardCharsets.UTF_8))
        .toList();
  }

  /** The numbers of their records. */
  private List<Long> pieces() {
    return replica.disk.entries.keySet().stream()
        .filter(key -> key[KIND_AT] == 'P')
        .map(Keys::pieceNumber)
        .toList();
  }
}
