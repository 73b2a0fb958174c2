package io.elottery.ledger.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Growing and shrinking moves what must move and nothing else. */
final class RebalanceTest {
  private static final int SHARDS = 24;

  @Test
  void fromFiveToTwelveWorkersOnlyTheNewOnesSharesMove() {
    Ring five = RingBuilder.place(workers(5, 1), SHARDS, 5);

    List<Move> all = Rebalance.moves(five, workers(12, 1), 5);
    List<Move> moves = all.stream().filter(Move::isOfCopies).toList();

    // 24 × 5 copies on 12 workers are 10 each: the seven new ones get 70, and no copy moves twice.
    assertThat(moves).hasSize(70).allMatch(move -> isNew(move.in().get(0)));
    assertThat(counts(apply(five, moves)).values()).containsOnly(10);
    assertThat(Rebalance.moves(apply(five, all), workers(12, 1), 5)).isEmpty();
    assertThat(writers(apply(five, all)).values()).hasSize(12).containsOnly(2);
  }

  @Test
  void whoWritesIsEvenedOutWithoutSendingACopy() {
    Ring ring = RingBuilder.place(workers(5, 1), 20, 5);
    for (Placement placement : ring.placements()) {
      PlacementRecord is = PlacementRecord.first(placement);
      Instant at = Instant.ofEpochMilli(1);
      ring =
          ring.with(
              ring.version() + 1, is.prefer(NodeId.of("worker-1"), "", at).done().placement());
    }

    List<Move> moves = Rebalance.moves(ring, workers(5, 1), 5);

    // Of 20 shards that one worker is to write it keeps 4: 16 moves are the fewest.
    assertThat(moves).hasSize(16).noneMatch(Move::isOfCopies);
    assertThat(writers(apply(ring, moves)).values()).containsOnly(4);
  }

  @Test
  void whoWritesIsEvenedOutOverWorkersBetween() {
    // 1 is to write two and shares none of them with 3, which is to write none.
    Ring ring =
        new Ring(
            1,
            List.of(
                new Placement(new ShardId(0), members(1, 2, 4)),
                new Placement(new ShardId(1), members(1, 2, 5)),
                new Placement(new ShardId(2), members(2, 3, 4)),
                new Placement(new ShardId(3), members(4, 3, 5)),
                new Placement(new ShardId(4), members(5, 3, 1))));

    List<Move> moves = Rebalance.moves(ring, workers(5, 1), 3);

    assertThat(moves).hasSize(2).noneMatch(Move::isOfCopies);
    assertThat(writers(apply(ring, moves)).values()).containsOnly(1);
  }

  @Test
  void backToFiveOnlyTheCopiesOfThoseWhoGoMove() {
    Ring twelve =
        apply(
            RingBuilder.place(workers(5, 1), SHARDS, 5),
            Rebalance.moves(RingBuilder.place(workers(5, 1), SHARDS, 5), workers(12, 1), 5));

    List<Move> moves = Rebalance.moves(twelve, workers(5, 1), 5);

    assertThat(moves.stream().filter(Move::isOfCopies))
        .hasSize(70)
        .allMatch(move -> isNew(move.out().get(0)));
    assertThat(counts(apply(twelve, moves)).values()).containsOnly(24);
    assertThat(writers(apply(twelve, moves)).values()).hasSize(5).allMatch(it -> it / 4 == 1);
  }

  @Test
  void groupsGrowFromOneToThreeToFiveWithTheWorkers() {
    Ring one = RingBuilder.place(workers(1, 1), 4, 5);

    Ring three = apply(one, Rebalance.moves(one, workers(3, 1), 5));
    Ring five = apply(three, Rebalance.moves(three, workers(5, 1), 5));
    Ring back = apply(five, Rebalance.moves(five, workers(4, 1), 5));

    assertThat(three.placements()).allMatch(placement -> placement.members().size() == 3);
    assertThat(five.placements()).allMatch(placement -> placement.members().size() == 5);
    assertThat(back.placements()).allMatch(placement -> placement.members().size() == 3);
    assertThat(back.heldBy(NodeId.of("worker-5"))).isEmpty();
  }

  @Test
  void noMoveCrowdsADataCentre() {
    Ring eight = RingBuilder.place(workers(8, 4), SHARDS, 5);

    Ring twelve = apply(eight, Rebalance.moves(eight, workers(12, 4), 5));

    for (Placement placement : twelve.placements()) {
      assertThat(placement.nodes().stream().map(node -> centre(node, 4)).distinct()).hasSize(4);
    }
  }

  @Test
  void aDeadWorkersCopyGoesWhereFewestOfTheShardStand() {
    Ring ring = RingBuilder.place(workers(8, 4), 4, 5);
    NodeId gone = ring.placement(new ShardId(0)).nodes().get(0);

    NodeId by = Rebalance.instead(ring, workers(8, 4), new ShardId(0), gone).orElseThrow();

    List<NodeId> left = new ArrayList<>(ring.placement(new ShardId(0)).nodes());
    left.remove(gone);
    left.add(by);
    assertThat(left.stream().map(node -> centre(node, 4)).distinct()).hasSize(4);
    assertThat(left).doesNotHaveDuplicates().doesNotContain(gone);
  }

  private static Ring apply(Ring ring, List<Move> moves) {
    Ring now = ring;
    for (Move move : moves) {
      PlacementRecord is = PlacementRecord.first(now.placement(move.shard()));
      Instant at = Instant.ofEpochMilli(1);
      PlacementRecord next =
          !move.isOfCopies()
              ? is.prefer(move.in().get(0), "", at)
              : move.out().isEmpty()
                  ? is.grow(move.in().get(0), move.in().get(1), "", at)
                  : move.in().isEmpty()
                      ? is.shrink(move.out().get(0), move.out().get(1), "", at)
                      : is.exchange(move.out().get(0), move.in().get(0), "", at);
      now = now.with(now.version() + 1, next.done().placement());
    }
    return now;
  }

  private static Map<NodeId, Integer> counts(Ring ring) {
    Map<NodeId, Integer> counts = new TreeMap<>();
    ring.placements()
        .forEach(it -> it.nodes().forEach(node -> counts.merge(node, 1, Integer::sum)));
    return counts;
  }

  private static Map<NodeId, Integer> writers(Ring ring) {
    Map<NodeId, Integer> writers = new TreeMap<>();
    ring.placements().forEach(it -> writers.merge(it.nodes().get(0), 1, Integer::sum));
    return writers;
  }

  private static List<Member> members(int... numbers) {
    List<Member> members = new ArrayList<>();
    for (int number : numbers) {
      members.add(new Member(NodeId.of("worker-" + number), 1));
    }
    return members;
  }

  private static boolean isNew(NodeId worker) {
    return Integer.parseInt(worker.name().substring("worker-".length())) > 5;
  }

  private static Map<NodeId, Location> workers(int count, int centres) {
    Map<NodeId, Location> workers = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      NodeId id = NodeId.of("worker-" + i);
      workers.put(id, new Location(centre(id, centres), "a"));
    }
    return workers;
  }

  private static String centre(NodeId worker, int centres) {
    return "dc-" + Integer.parseInt(worker.name().substring("worker-".length())) % centres;
  }
}
