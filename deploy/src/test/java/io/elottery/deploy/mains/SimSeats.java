package io.elottery.deploy.mains;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.seats.SeatView;
import io.elottery.heartbeat.registry.seats.SeatView.Holder;
import io.elottery.heartbeat.registry.seats.Seats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The seats in a {@link ZooKeeperModel}: each read and each transaction is a trip of its own. */
final class SimSeats implements Seats {
  private final ZooKeeperModel zookeeper;
  private final SimSession session;
  private final NodeId self;
  // The version that taking a fence gave its hemisphere's node.
  private final Map<Long, Integer> versions = new HashMap<>();

  SimSeats(ZooKeeperModel zookeeper, SimSession session, NodeId self) {
    this.zookeeper = zookeeper;
    this.session = session;
    this.self = self;
  }

  @Override
  public CompletableFuture<SeatView> look(Hemisphere half) {
    return session
        .ask(in -> zookeeper.marks(half))
        .thenCompose(
            marks ->
                session
                    .ask(in -> holder(half))
                    .thenCombine(
                        session.ask(in -> new Standing(candidates(half), zookeeper.next(half))),
                        (holder, standing) ->
                            new SeatView(
                                holder,
                                standing.candidates,
                                standing.next,
                                marks.count(),
                                new SeatView.Mark(marks.fence(), marks.counter()))));
  }

  private record Standing(List<NodeId> candidates, Optional<NodeId> next) {}

  private List<NodeId> candidates(Hemisphere half) {
    return zookeeper.candidates(half);
  }

  private Holder holder(Hemisphere half) {
    Optional<NodeId> leader = zookeeper.leader(half);
    if (leader.isEmpty()) {
      return Holder.NOBODY;
    }
    if (zookeeper.leaderSession(half) == session.session()) {
      return Holder.SELF;
    }
    return leader.get().equals(self) ? Holder.EARLIER_SELF : Holder.OTHER;
  }

  @Override
  public CompletableFuture<Void> enter(Hemisphere half) {
    return session.ask(
        in -> {
          zookeeper.enter(half, self, in);
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> withdraw(Hemisphere half) {
    return look(half)
        .thenCompose(
            view ->
                session.ask(
                    in -> {
                      if (view.holder() == Holder.SELF) {
                        zookeeper.leave(half, view.mark().fence(), Optional.empty());
                      }
                      zookeeper.withdraw(half, self);
                      return null;
                    }));
  }

  @Override
  public CompletableFuture<OptionalLong> take(Hemisphere half, SeatView seen, long atLeast) {
    ZooKeeperModel.Taking taking =
        new ZooKeeperModel.Taking(
            new ZooKeeperModel.Marks(seen.mark().fence(), seen.mark().counter(), seen.count()),
            seen.holder() != Holder.SELF,
            seen.holder() == Holder.EARLIER_SELF,
            atLeast);
    return session
        .ask(in -> zookeeper.take(half, self, in, taking))
        .thenApply(
            fence -> {
              fence.ifPresent(taken -> versions.put(taken, seen.mark().fence() + 1));
              return fence;
            });
  }

  @Override
  public CompletableFuture<Void> release(Hemisphere half, long fence, Optional<NodeId> next) {
    Integer version = versions.get(fence);
    return version == null
        ? CompletableFuture.completedFuture(null)
        : session.ask(
            in -> {
              zookeeper.leave(half, version, next);
              return null;
            });
  }

  /** A record is written under the fence; false when it is old. */
  CompletableFuture<Boolean> write(Hemisphere half, long fence) {
    Integer version = versions.get(fence);
    return version == null
        ? CompletableFuture.completedFuture(false)
        : session.ask(in -> zookeeper.write(half, version, fence));
  }
}
