package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.DiskFaults;
import io.elottery.foundation.simulation.SimChaos;
import io.elottery.foundation.simulation.SimFailure;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A checker that never saw a violation proves nothing: disks that lie, under stores that do not say
 * how far they had come. Those that do are found out: {@link RestoredStoreTest}.
 */
@Tag("sim")
final class LyingDiskSimulation {
  private static final int SEEDS = 30;

  @Test
  void lossIsNoticed() {
    int caught = 0;
    for (long seed = 1; seed <= SEEDS && caught == 0; seed++) {
      caught += loses(seed) ? 1 : 0;
    }

    assertThat(caught).as("losses noticed in %d seeds", SEEDS).isPositive();
  }

  private static boolean loses(long seed) {
    SimLedger ledger = new SimLedger(seed, 5, 1, LedgerConfig.defaults(), SimStore::blind);
    ledger.workers().forEach(it -> it.disk("ledger").behave(DiskFaults.lying()));
    try {
      ledger.world().startAll();
      ledger.play(6, Duration.ofMillis(10));
      SimChaos chaos =
          new SimChaos(ledger.world(), ledger.workers(), 3, Duration.ofMillis(300)).begin();
      ledger.world().runFor(Duration.ofSeconds(15));
      chaos.end();
      ledger.settle(Duration.ofSeconds(60));
      return false;
    } catch (SimFailure failure) {
      return String.valueOf(failure.getMessage()).startsWith("AcknowledgedStays");
    }
  }
}
