package io.elottery.ledger.raft;

import io.elottery.foundation.hash.Sha256;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.SnapshotChunkCollector;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.InstallSnapshotRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what this replica has of a snapshot that it is being sent from itself: pieces of its own
 * last snapshot, and of one that it was being sent when the writer took the next.
 *
 * <p>MicroRaft throws all of that away and begins at the first piece. A shard that takes snapshots
 * faster than it can be copied would never get another replica; with this, only what changes from
 * one snapshot to the next has to come in time, not the whole state. On the ledger loop.
 */
final class HeldPieces {
  private static final Logger log = LoggerFactory.getLogger(HeldPieces.class);

  private final RaftNodeImpl node;
  // By their SHA-256, as it was computed here. Of the snapshot that is being sent, and the one
  // before it, whose pieces are let go when the new one's manifest is there.
  private Map<ByteBuffer, byte[]> now = new HashMap<>();
  private Map<ByteBuffer, byte[]> before = new HashMap<>();

  HeldPieces(RaftNodeImpl node) {
    this.node = node;
  }

  /** Before MicroRaft handles it. */
  void comes(InstallSnapshotRequest request) {
    SnapshotChunkCollector collected = node.state().snapshotChunkCollector();
    if (collected == null) {
      return;
    }
    if (collected.getSnapshotIndex() < request.getSnapshotIndex()) {
      before.putAll(now);
      now = new HashMap<>();
      return;
    }
    SnapshotChunk chunk = request.getSnapshotChunk();
    if (chunk == null
        || collected.getSnapshotIndex() != request.getSnapshotIndex()
        || collected.getSnapshotTerm() != request.getSnapshotTerm()
        || request.getTerm() != node.state().term()) {
      return;
    }
    byte[] bytes = bytes(chunk);
    if (chunk.getSnapshotChunkIndex() > 0) {
      now.put(ByteBuffer.wrap(Sha256.of(bytes)), bytes);
    } else {
      SnapshotManifest.decode(bytes).ifPresent(manifest -> take(request, manifest, collected));
    }
  }

  /** After MicroRaft has handled it: what is installed is in the log's own snapshot. */
  void came() {
    if (node.state().snapshotChunkCollector() == null) {
      now.clear();
      before.clear();
    }
  }

  /** Pieces remembered here, the same one maybe twice. */
  int count() {
    return now.size() + before.size();
  }

  private void take(
      InstallSnapshotRequest request, SnapshotManifest manifest, SnapshotChunkCollector collected) {
    if (manifest.sums().size() != collected.getChunkCount() - 1) {
      return;
    }
    Map<ByteBuffer, byte[]> held = before;
    before = new HashMap<>();
    held.putAll(own());
    try {
      for (int number = 1; number < collected.getChunkCount(); number++) {
        ByteBuffer sum = manifest.sums().get(number - 1);
        byte[] piece = held.get(sum);
        if (piece != null) {
          now.put(sum, piece);
          collected.handleReceivedSnapshotChunk(
              request.getSender(), request.getSnapshotIndex(), chunk(request, number, piece));
        }
      }
    } catch (IOException unwritten) {
      // GroupCommit has ended everything by now.
      log.debug("a piece was not written", unwritten);
    }
  }

  /** The pieces of the snapshot that this replica has taken or was given last. */
  private Map<ByteBuffer, byte[]> own() {
    Map<ByteBuffer, byte[]> own = new HashMap<>();
    if (node.state().log().snapshotEntry().getOperation() instanceof List<?> chunks
        && !chunks.isEmpty()) {
      SnapshotManifest.decode(bytes((SnapshotChunk) chunks.get(0)))
          .filter(manifest -> manifest.sums().size() == chunks.size() - 1)
          .ifPresent(
              manifest -> {
                for (int number = 1; number < chunks.size(); number++) {
                  own.put(
                      manifest.sums().get(number - 1), bytes((SnapshotChunk) chunks.get(number)));
                }
              });
    }
    return own;
  }

  private static byte[] bytes(SnapshotChunk chunk) {
    return ((Operation) chunk.getOperation()).bytes();
  }

  private static SnapshotChunk chunk(InstallSnapshotRequest request, int number, byte[] piece) {
    return EntryCodec.MODEL
        .createSnapshotChunkBuilder()
        .setIndex(request.getSnapshotIndex())
        .setTerm(request.getSnapshotTerm())
        .setSnapshotChunkIndex(number)
        .setSnapshotChunkCount(request.getTotalSnapshotChunkCount())
        .setGroupMembersView(request.getGroupMembersView())
        .setOperation(new Operation(piece))
        .build();
  }
}
