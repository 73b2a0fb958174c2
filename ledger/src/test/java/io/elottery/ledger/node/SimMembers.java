package io.elottery.ledger.node;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.ring.Exchange;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.Move;
import io.elottery.ledger.ring.NextStep;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.Rebalance;
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
import java.util.stream.Collectors;

/**
 * Main's part of a change of members, as simply as it can be done: looks, takes the next step,
 * looks again. It keeps the records; what it learned it forgets after every look.
 */
final class SimMembers {
  private static final Duration LOOK = Duration.ofMillis(150);

  private final SimLedger ledger;
  private final Map<ShardId, PlacementRecord> records = new TreeMap<>();
  private final List<String> taken = new ArrayList<>();
  private Map<NodeId, Location> balanced = Map.of();

  SimMembers(SimLedger ledger) {
    this.ledger = ledger;
    for (Placement placement : ledger.ring().placements()) {
      records.put(placement.shard(), PlacementRecord.first(placement));
    }
    ledger.world().after(LOOK, this::look);
  }

  /** Another wish. */
  void want(ShardId shard, UnaryOperator<PlacementRecord> wish) {
    write(wish.apply(of(shard)));
  }

  PlacementRecord of(ShardId shard) {
    return Objects.requireNonNull(records.get(shard));
  }

  /** Another mind: those who hold it are to go on holding it. */
  void undo(ShardId shard) {
    for (SimNode worker : ledger.workers()) {
      if (worker.isAlive()) {
        for (ReplicaView view : ledger.ledger(worker.id()).views()) {
          Membership now = view.membership();
          if (view.shard().equals(shard) && view.writes() && now.settled()) {
            if (now.voters().size() % 2 == 1) {
              write(of(shard).back(now.voters(), "undone", now()));
            }
            return;
          }
        }
      }
    }
  }

  Instant now() {
    return Instant.EPOCH.plus(ledger.world().elapsed()).plusMillis(1);
  }

  /** Divides all shards anew over these workers, so many shards at once, as main does. */
  void balance(Map<NodeId, Location> able, int atOnce) {
    balanced = Map.copyOf(able);
    balanceOn(balanced, atOnce);
  }

  private void balanceOn(Map<NodeId, Location> able, int atOnce) {
    if (able != balanced) {
      return; // Another division is wanted since.
    }
    Ring wanted = ledger.ring();
    for (PlacementRecord record : records.values()) {
      wanted = wanted.with(wanted.version() + 1, resting(record).placement());
    }
    List<Move> left = Rebalance.moves(wanted, able, 5).stream().filter(Move::isOfCopies).toList();
    long changing = records.values().stream().filter(it -> !it.rests()).count();
    left.stream()
        .filter(move -> of(move.shard()).rests())
        .limit(Math.max(0, atOnce - changing))
        .collect(Collectors.toMap(Move::shard, move -> move, (one, later) -> one, TreeMap::new))
        .forEach(
            (shard, move) ->
                want(
                    shard,
                    is -> is.exchange(move.out().get(0), move.in().get(0), "balance", now())));
    if (!left.isEmpty() || changing > 0) {
      ledger.world().after(LOOK, () -> balanceOn(able, atOnce));
    }
  }

  private static PlacementRecord resting(PlacementRecord record) {
    return record.rests() ? record : record.done();
  }

  /** Copies that were ever made, those of the beginning not counted. */
  long made() {
    return records.values().stream().mapToLong(it -> it.highest() - 1).sum();
  }

  /** How many copies each worker is to hold. */
  Map<NodeId, Integer> held() {
    Map<NodeId, Integer> held = new TreeMap<>();
    records.values().stream()
        .flatMap(record -> record.members().stream())
        .forEach(member -> held.merge(member.node(), 1, Integer::sum));
    return held;
  }

  /** Whether nothing changes any more. */
  boolean rests() {
    return records.values().stream().allMatch(PlacementRecord::rests);
  }

  /** Whether every worker has the copies it is to hold. */
  boolean isWhole() {
    return records.values().stream()
        .allMatch(
            record ->
                record.members().stream()
                    .allMatch(
                        member ->
                            ledger.ledger(member.node()).views().stream()
                                .anyMatch(view -> view.member().equals(member))));
  }

  /** The steps that were taken, for people. */
  List<String> taken() {
    return taken;
  }

  private void write(PlacementRecord record) {
    records.put(record.shard(), record);
    ledger.ring(ledger.ring().with(ledger.ring().version() + 1, record.placement()));
  }

  private void look() {
    List<NodeId> reachable = new ArrayList<>();
    Map<ShardId, List<ReplicaView>> views = new TreeMap<>();
    for (SimNode worker : ledger.workers()) {
      if (worker.isAlive() && !worker.isPaused()) {
        reachable.add(worker.id());
        for (ReplicaView view : ledger.ledger(worker.id()).views()) {
          views.computeIfAbsent(view.shard(), none -> new ArrayList<>()).add(view);
        }
      }
    }
    for (PlacementRecord record : List.copyOf(records.values())) {
      List<ReplicaView> seen = views.getOrDefault(record.shard(), List.of());
      Exchange exchange = new Exchange(record, seen, reachable);
      Optional<Member> lost = record.rests() ? exchange.lost() : Optional.empty();
      if (lost.isPresent()) {
        NodeId where = lost.get().node();
        taken.add(lost.get() + " is lost");
        want(record.shard(), is -> is.exchange(where, where, "lost", now()));
      } else {
        exchange.next().match(new Carry(record));
      }
    }
    ledger.world().after(LOOK, this::look);
  }

  private final class Carry implements NextStep.Cases<Boolean> {
    private final PlacementRecord record;

    Carry(PlacementRecord record) {
      this.record = record;
    }

    @Override
    public Boolean take(NextStep.Take take) {
      taken.add(take.worker() + ": " + take.step().words());
      ledger.onLoop(
          take.worker(),
          () ->
              ledger
                  .ledger(take.worker())
                  .step(take.step(), why -> why.ifPresent(it -> taken.add("refused: " + it))));
      return true;
    }

    @Override
    public Boolean await(NextStep.Wait wait) {
      return false;
    }

    @Override
    public Boolean done(NextStep.Done done) {
      if (!record.rests()) {
        write(record.done());
      }
      return true;
    }
  }
}
