package io.elottery.ledger.raft;

import io.elottery.foundation.time.Timers;
import io.microraft.RaftEndpoint;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.model.message.InstallSnapshotResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers requests for pieces of a snapshot no faster than {@link SnapshotBucket} allows. Of each
 * follower the newest request waits: it asks again when a piece is long in coming, and the writer
 * answers only the last time. On the ledger loop.
 */
final class SnapshotPace {
  private final SnapshotBucket bucket;
  private final Timers timers;
  private final LoopExecutor executor;
  private final RaftNodeImpl node;
  // At most one for each follower.
  private final Map<RaftEndpoint, InstallSnapshotResponse> waiting = new HashMap<>();

  SnapshotPace(SnapshotBucket bucket, Timers timers, LoopExecutor executor, RaftNodeImpl node) {
    this.bucket = bucket;
    this.timers = timers;
    this.executor = executor;
    this.node = node;
  }

  void handle(InstallSnapshotResponse wanted) {
    if (waiting.replace(wanted.getSender(), wanted) == null) {
      if (bucket.delay().isZero()) {
        answer(wanted);
      } else {
        waiting.put(wanted.getSender(), wanted);
        later(wanted.getSender());
      }
    }
  }

  private void later(RaftEndpoint follower) {
    timers.after(bucket.delay(), () -> executor.whenIdle(() -> due(follower)));
  }

  private void due(RaftEndpoint follower) {
    if (!bucket.delay().isZero()) {
      later(follower);
      return;
    }
    InstallSnapshotResponse wanted = waiting.remove(follower);
    // A request of an older term counts no more (guard 1).
    if (wanted != null && wanted.getTerm() >= node.state().term()) {
      answer(wanted);
    }
  }

  private void answer(InstallSnapshotResponse wanted) {
    bucket.take(bytes(wanted));
    node.handle(wanted);
  }

  private long bytes(InstallSnapshotResponse wanted) {
    SnapshotEntry snapshot = node.state().log().snapshotEntry();
    int chunk = wanted.getRequestedSnapshotChunkIndex();
    if (snapshot.getIndex() != wanted.getSnapshotIndex()
        || !(snapshot.getOperation() instanceof List<?> chunks)
        || chunk >= chunks.size()
        || !(chunks.get(chunk) instanceof SnapshotChunk piece)
        || !(piece.getOperation() instanceof Operation operation)) {
      return 0;
    }
    return operation.bytes().length;
  }
}
