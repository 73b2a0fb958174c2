package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.ring.Exchange;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.NextStep;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Main's part of changing who holds a shard, as simply as it can be done: looks, takes the next
 * step, looks again. A copy that is lost is made anew under a new incarnation.
 */
final class Moves {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration STUCK = Duration.ofSeconds(20);

  private final Shards shards;
  private final SimRandom chance;
  private final Map<ShardId, PlacementRecord> records = new TreeMap<>();
  private Ring ring;
  private final Map<Member, Still> still = new TreeMap<>();
  private long done;
  private long stuck;

  Moves(Shards shards, Ring first, long seed) {
    this.shards = shards;
    this.ring = first;
    this.chance = SimRandom.named(seed, "moves");
    for (Placement placement : first.placements()) {
      records.put(placement.shard(), PlacementRecord.first(placement));
    }
    shards.world.after(LOOK, this::look);
  }

  /** Who is to hold what. */
  Ring ring() {
    return ring;
  }

  /** Exchanges that were carried out. */
  long done() {
    return done;
  }

  /** Copies that did not move any more. */
  long stuck() {
    return stuck;
  }

  /** One copy of each shard goes to this worker, or is made anew there if it has one. */
  void to(NodeId worker) {
    for (PlacementRecord record : List.copyOf(records.values())) {
      if (record.rests()) {
        List<NodeId> nodes = record.members().stream().map(Member::node).toList();
        NodeId old = nodes.contains(worker) ? worker : nodes.get(chance.nextInt(nodes.size()));
        erased(old, worker);
        want(record.shard(), is -> is.exchange(old, worker, "simulation", now()));
      }
    }
  }

  @Override
  public String toString() {
    return records.values().toString();
  }

  /** Whether nothing changes and every worker has the copies it is to hold. */
  boolean rest() {
    return records.values().stream().allMatch(PlacementRecord::rests)
        && records.values().stream().allMatch(this::isWhole);
  }

  private boolean isWhole(PlacementRecord record) {
    return record.members().stream()
        .allMatch(
            member -> views(member.node()).stream().anyMatch(view -> view.member().equals(member)));
  }

  private List<ReplicaView> views(NodeId worker) {
    return shards.ledger(worker).map(LedgerNode::views).orElse(List.of());
  }

  // Made anew where it is, a copy is erased while its vote counts still: as if its disk were lost.
  private void erased(NodeId old, NodeId where) {
    if (old.equals(where)) {
      shards.forgetful.add(where);
    }
  }

  private void want(ShardId shard, UnaryOperator<PlacementRecord> wish) {
    write(wish.apply(Objects.requireNonNull(records.get(shard))));
  }

  private Instant now() {
    return Instant.EPOCH.plus(shards.world.elapsed()).plusMillis(1);
  }

  private void write(PlacementRecord record) {
    records.put(record.shard(), record);
    ring = ring.with(ring.version() + 1, record.placement());
    shards.workers.keySet().forEach(id -> shards.post(id, ledger -> ledger.applyRing(ring)));
  }

  private void look() {
    List<NodeId> reachable = new ArrayList<>();
    Map<ShardId, List<ReplicaView>> seen = new TreeMap<>();
    for (SimNode worker : shards.workers.values()) {
      if (worker.isAlive() && !worker.isPaused()) {
        reachable.add(worker.id());
        for (ReplicaView view : views(worker.id())) {
          seen.computeIfAbsent(view.shard(), none -> new ArrayList<>()).add(view);
        }
      }
    }
    for (PlacementRecord record : List.copyOf(records.values())) {
      Exchange exchange =
          new Exchange(record, seen.getOrDefault(record.shard(), List.of()), reachable);
      Optional<Member> lost =
          record.rests()
              ? exchange.lost().or(exchange::refused).or(() -> stuck(record, seen))
              : Optional.empty();
      if (lost.isPresent()) {
        NodeId where = lost.get().node();
        erased(where, where);
        want(record.shard(), is -> is.exchange(where, where, "lost", now()));
      } else {
        exchange.next().match(new Carry(record));
      }
    }
    shards.world.after(LOOK, this::look);
  }

  // Guard 2: one that does not move while its writer is ahead of it is made anew, too.
  private Optional<Member> stuck(PlacementRecord record, Map<ShardId, List<ReplicaView>> seen) {
    List<ReplicaView> views = seen.getOrDefault(record.shard(), List.of());
    Optional<ReplicaView> writer = ReplicaView.writer(views);
    for (ReplicaView view : views) {
      Still before = still.get(view.member());
      boolean behind = writer.isPresent() && view.applied() < writer.get().commit();
      if (!behind || before == null || before.applied != view.applied()) {
        still.put(view.member(), new Still(view.applied(), shards.world.nanos()));
      } else if (shards.world.nanos() - before.since > STUCK.toNanos()
          && record.members().contains(view.member())) {
        still.remove(view.member());
        stuck++;
        return Optional.of(view.member());
      }
    }
    return Optional.empty();
  }

  private record Still(long applied, long since) {}

  private final class Carry implements NextStep.Cases<Boolean> {
    private final PlacementRecord record;

    Carry(PlacementRecord record) {
      this.record = record;
    }

    @Override
    public Boolean take(NextStep.Take take) {
      shards.post(take.worker(), ledger -> ledger.step(take.step(), why -> {}));
      return true;
    }

    @Override
    public Boolean await(NextStep.Wait wait) {
      return false;
    }

    @Override
    public Boolean done(NextStep.Done finished) {
      if (!record.rests()) {
        write(record.done());
        done++;
      }
      return true;
    }
  }
}
