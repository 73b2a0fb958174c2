package io.elottery.controller.placement;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Exchange;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which copies are to be made anew on their own worker (guard 2): one whose worker has no such copy
 * any more, and one that does not move while the writer commits. Pure: time is passed in.
 */
final class Ailing {
  private static final Duration LOST_FOR = Duration.ofSeconds(10);
  private static final Duration STUCK_FOR = Duration.ofSeconds(60);
  private static final long STUCK_BEHIND = 1_000; // entries

  private final Map<ShardId, Lost> lost = new TreeMap<>();
  private final Map<ShardId, Map<Member, At>> positions = new TreeMap<>();

  private record Lost(Member member, long sinceNanos) {}

  private record At(long position, long sinceNanos) {}

  /** One that is to be made anew, and why. */
  record Case(NodeId worker, String why) {}

  /** Looks at a shard that rests. */
  Optional<Case> look(
      PlacementRecord record,
      List<ReplicaView> views,
      Collection<NodeId> answering,
      long nowNanos) {
    return lost(record, new Exchange(record, views, answering), nowNanos)
        .or(() -> stuck(record, views, nowNanos));
  }

  private Optional<Case> lost(PlacementRecord record, Exchange exchange, long now) {
    Optional<Member> is = exchange.lost();
    if (is.isEmpty()) {
      lost.remove(record.shard());
      return Optional.empty();
    }
    Lost before = lost.get(record.shard());
    if (before == null || !before.member.equals(is.get())) {
      lost.put(record.shard(), new Lost(is.get(), now));
      return Optional.empty();
    }
    return now - before.sinceNanos >= LOST_FOR.toNanos()
        ? Optional.of(new Case(is.get().node(), is.get() + " is not in its worker's store"))
        : Optional.empty();
  }

  private Optional<Case> stuck(PlacementRecord record, List<ReplicaView> views, long now) {
    Optional<ReplicaView> writer = ReplicaView.writer(views);
    if (writer.isEmpty()) {
      positions.remove(record.shard());
      return Optional.empty();
    }
    Map<Member, At> known = positions.computeIfAbsent(record.shard(), none -> new TreeMap<>());
    known.keySet().retainAll(views.stream().map(ReplicaView::member).toList());
    for (ReplicaView view : views) {
      At before = known.get(view.member());
      boolean behind = writer.get().commit() - view.last() > STUCK_BEHIND;
      if (before == null || before.position != view.last() || !behind) {
        known.put(view.member(), new At(view.last(), now));
      } else if (now - before.sinceNanos >= STUCK_FOR.toNanos()
          && record.members().contains(view.member())) {
        return Optional.of(
            new Case(
                view.member().node(),
                view.member()
                    + " stays at "
                    + view.last()
                    + " while "
                    + writer.get().commit()
                    + " is committed"));
      }
    }
    return Optional.empty();
  }
}
