package io.elottery.controller.placement;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.ReportsKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the workers said last of their replicas. On main's loop. */
final class ReplicaWatch {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Envelope ASK =
      new Envelope(ReportsKinds.REPLICA_VIEWS, ReportsKinds.VERSION, new byte[0]);

  private final Switchboard board;
  private final Map<NodeId, List<ReplicaView>> views = new TreeMap<>();
  private boolean asking;

  ReplicaWatch(Switchboard board) {
    this.board = board;
  }

  /** Asks all; those who do not answer count as silent. Told once, when the last has answered. */
  void ask(Collection<NodeId> workers, Runnable told) {
    if (asking) {
      return;
    }
    views.keySet().retainAll(workers);
    if (workers.isEmpty()) {
      told.run();
      return;
    }
    asking = true;
    int[] open = {workers.size()};
    for (NodeId worker : List.copyOf(workers)) {
      board
          .call(worker, ASK, PATIENCE)
          .whenComplete(
              (answer, problem) -> {
                if (problem == null) {
                  take(worker, answer);
                } else {
                  views.remove(worker);
                }
                if (--open[0] == 0) {
                  asking = false;
                  told.run();
                }
              });
    }
  }

  private void take(NodeId worker, Envelope answer) {
    try {
      views.put(worker, ReplicaView.decode(answer.body()));
    } catch (MalformedMessage malformed) {
      views.remove(worker);
    }
  }

  /** Who answered. */
  Set<NodeId> answering() {
    return new TreeSet<>(views.keySet());
  }

  /** What was said of a shard. */
  List<ReplicaView> of(ShardId shard) {
    List<ReplicaView> of = new ArrayList<>();
    views
        .values()
        .forEach(all -> all.stream().filter(it -> it.shard().equals(shard)).forEach(of::add));
    return of;
  }
}
