package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimChaos;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies move all the time while workers crash, forget, pause and are cut off. */
@Tag("sim")
final class MembersSimulation {
  private static final ShardId SHARD = new ShardId(0);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration CHAOS = Duration.ofSeconds(7);

  @Test
  void nothingIsLostWhileCopiesMoveUnderFaults() {
    int[] moved = new int[1];
    Seeds.each(14, seed -> moved[0] += run(seed));
    System.out.printf("%d copies moved%n", moved[0]);
  }

  private static int run(long seed) {
    SimLedger ledger = new SimLedger(seed, 7, 1, LedgerSimulation.small());
    SimWorld world = ledger.world();
    world.network("replica").behave(NetworkFaults.some());
    world.network("trunk").behave(NetworkFaults.some());
    SimMembers members = new SimMembers(ledger);
    world.startAll();
    ledger.play(6, Duration.ofMillis(20));
    SimChaos chaos = new SimChaos(world, ledger.workers(), 2, Duration.ofMillis(700)).begin();
    int[] moved = new int[1];
    move(ledger, members, moved);

    world.runFor(CHAOS);
    chaos.end();
    world.runUntil("changes are done", members::rests, LONG);
    world.runUntil("no copy is missing", () -> members.rests() && members.isWhole(), LONG);
    ledger.settle(LONG);

    assertThat(ledger.acknowledged()).as("seed %d sold something", seed).isPositive();
    return moved[0];
  }

  // Whenever nothing changes, one of the copies goes to a worker that has none, or is made anew.
  private static void move(SimLedger ledger, SimMembers members, int[] moved) {
    SimWorld world = ledger.world();
    world.after(
        Duration.ofMillis(300),
        () -> {
          if (world.elapsed().compareTo(CHAOS) > 0) {
            return;
          }
          PlacementRecord record = members.of(SHARD);
          if (record.rests()) {
            List<NodeId> nodes = record.members().stream().map(Member::node).toList();
            List<NodeId> spare =
                new ArrayList<>(ledger.workers().stream().map(SimNode::id).toList());
            spare.removeAll(nodes);
            NodeId old = nodes.get(world.chance().nextInt(nodes.size()));
            spare.add(old);
            NodeId by = spare.get(world.chance().nextInt(spare.size()));
            members.want(SHARD, is -> is.exchange(old, by, "simulation", members.now()));
            moved[0]++;
          } else if (world.chance().nextInt(20) == 0 && !record.leaving().isEmpty()) {
            members.undo(SHARD);
          }
          move(ledger, members, moved);
        });
  }
}
