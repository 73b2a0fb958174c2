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
 * any more, one whose store another copy knew otherwise, and one that does not move while the
 * writer commits; and one that was lost before it counted. Pure: time is passed in.
 */
final class Ailing {
  private static final Duration LOST_FOR = Duration.ofSeconds(10);
  // Longer than an empty copy takes to open, and its receipt key to come, on a busy machine.
  private static final Duration GONE_FOR = Duration.ofSeconds(20);
  // Its refuser has waited for ten seconds before it says so.
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);
  private static final Duration STUCK_FOR = Duration.ofSeconds(60);
  private static final long STUCK_BEHIND = 1_000; // entries

  private final Map<ShardId, Lost> lost = new TreeMap<>();
  private final Map<ShardId, Lost> refused = new TreeMap<>();
  private final Map<ShardId, Lost> gone = new TreeMap<>();
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
    Exchange exchange = new Exchange(record, views, answering);
    return lost(record, exchange, nowNanos)
        .or(() -> refused(record, exchange, nowNanos))
        .or(() -> stuck(record, views, nowNanos));
  }

  private Optional<Case> lost(PlacementRecord record, Exchange exchange, long now) {
    return stays(lost, record.shard(), exchange.lost(), LOST_FOR, now)
        .map(is -> new Case(is.node(), is + " is not in its worker's store"));
  }

  private Optional<Case> refused(PlacementRecord record, Exchange exchange, long now) {
    return stays(refused, record.shard(), exchange.refused(), REFUSED_FOR, now)
        .map(is -> new Case(is.node(), is + " has another store, or one that went back"));
  }

  /** Looks at a shard that changes: a copy that was damaged before it counted. */
  Optional<Case> onTheWay(PlacementRecord record, Exchange exchange, long nowNanos) {
    return stays(gone, record.shard(), exchange.gone(), GONE_FOR, nowNanos)
        .map(is -> new Case(is.node(), is + " was damaged on its way"));
  }

  private static Optional<Member> stays(
      Map<ShardId, Lost> known, ShardId shard, Optional<Member> is, Duration longest, long now) {
    if (is.isEmpty()) {
      known.remove(shard);
      return Optional.empty();
    }
    Lost before = known.get(shard);
    if (before == null || !before.member.equals(is.get())) {
      known.put(shard, new Lost(is.get(), now));
      return Optional.empty();
    }
    return is.filter(member -> now - before.sinceNanos >= longest.toNanos());
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
