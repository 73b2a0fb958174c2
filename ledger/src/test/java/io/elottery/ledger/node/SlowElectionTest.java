package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.Seeds;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Guard 16, among whole replicas: where processes that have just started share a processor, votes
 * come later than they are waited for.
 */
final class SlowElectionTest {
  private static final ShardId SHARD = new ShardId(0);
  private static final Duration SLOW = Duration.ofMillis(110);

  @Test
  void aWriterIsElectedThoughVotesComeLate() {
    Seeds.each(20, SlowElectionTest::run);
  }

  private static void run(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults());
    ledger
        .world()
        .network("replica")
        .behave(new NetworkFaults(SLOW, SLOW.multipliedBy(2), 0, 0, 0));
    ledger.world().startAll();
    elects(ledger, "the first writer");

    ledger.workers().forEach(SimNode::crash);
    ledger.workers().forEach(SimNode::start);
    long before = term(ledger);
    elects(ledger, "a writer after all were restarted");
    assertThat(term(ledger) - before).as("elections").isLessThan(12);

    NodeId dead = ledger.writer(SHARD).orElseThrow();
    long alive = term(ledger);
    ledger.world().node(dead).crash();
    for (SimNode worker : ledger.workers()) {
      if (worker.isAlive()) {
        ledger.onLoop(worker.id(), () -> ledger.ledger(worker.id()).suspect(dead));
      }
    }
    elects(ledger, "another instead of the dead one");
    assertThat(term(ledger) - alive).as("elections").isLessThan(12);
  }

  // Who is elected while others still stand may be replaced once more.
  private static void elects(SimLedger ledger, String who) {
    Optional<NodeId> writer = Optional.empty();
    for (int tries = 0; tries < 10; tries++) {
      ledger.world().runFor(Duration.ofSeconds(1));
      if (writer.isPresent() && writer.equals(ledger.writer(SHARD))) {
        return;
      }
      writer = ledger.writer(SHARD);
    }
    throw new AssertionError(who + ": none that stayed, the last term is " + term(ledger));
  }

  private static long term(SimLedger ledger) {
    return ledger.workers().stream()
        .filter(SimNode::isAlive)
        .mapToLong(worker -> ledger.ledger(worker.id()).status().get(0).group().term())
        .max()
        .orElseThrow();
  }
}
