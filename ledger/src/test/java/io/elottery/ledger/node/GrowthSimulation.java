package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five workers become twelve and five again while players write: only what must move moves. */
@Tag("sim")
final class GrowthSimulation {
  private static final int SHARDS = 4;
  private static final int AT_ONCE = 2;
  private static final Duration LONG = Duration.ofMinutes(2);

  @Test
  void fiveBecomeTwelveAndFiveAgain() {
    Seeds.each(1, GrowthSimulation::run);
  }

  private static void run(long seed) {
    SimLedger ledger = new SimLedger(seed, 12, SHARDS, LedgerSimulation.small()).heldByFirst(5);
    SimMembers members = new SimMembers(ledger);
    ledger.world().startAll();
    ledger.play(3, Duration.ofMillis(40));
    ledger.world().runFor(Duration.ofSeconds(3));

    balance(ledger, members, 12);
    // Of 20 copies a worker of twelve holds 1 or 2: the first five keep 10 and give 10.
    assertThat(members.made()).isEqualTo(10);

    balance(ledger, members, 5);
    assertThat(members.made()).as("the seven's 10 go back").isEqualTo(20);
    assertThat(members.held().values()).hasSize(5).containsOnly(SHARDS);
    assertThat(ledger.acknowledged()).isPositive();
    ledger.settle(LONG);
  }

  private static void balance(SimLedger ledger, SimMembers members, int workers) {
    Map<NodeId, Location> able = new TreeMap<>();
    for (SimNode worker : ledger.workers().subList(0, workers)) {
      able.put(worker.id(), Location.UNKNOWN);
    }
    members.balance(able, AT_ONCE);
    ledger
        .world()
        .runUntil(
            "the shards are divided among " + workers,
            () -> members.rests() && isEven(members.held(), workers) && members.isWhole(),
            LONG);
  }

  private static boolean isEven(Map<NodeId, Integer> held, int workers) {
    return held.size() == workers
        && Collections.max(held.values()) - Collections.min(held.values()) <= 1;
  }
}
