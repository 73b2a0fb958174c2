package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hundred workers cost ZooKeeper; {@code docs/zookeeper.md} names the figures. */
class RegistryTrafficSimulation {
  private static final int WORKERS = 100;
  private static final Duration SETTLING = Duration.ofSeconds(20);

  @Test
  void aHundredWorkersInSteadyStateCostNoWrites_andADeathAFew(@TempDir Path dir) throws Exception {
    Town town = new Town(dir.resolve("town"), NewVault.make(dir), WORKERS);
    for (String main : Town.MAINS) {
      town.bringUp(main);
    }
    for (int i = 1; i <= WORKERS; i++) {
      town.bringUp("worker-" + i);
    }
    town.wire.pass(SETTLING);
    int setUp = town.registry.writes;

    town.wire.pass(Duration.ofMinutes(1));
    int steady = town.registry.writes - setUp;
    town.kill("worker-7");
    town.wire.pass(SETTLING);
    int death = town.registry.writes - setUp - steady;
    town.bringUp("worker-7");
    town.wire.pass(SETTLING);
    int back = town.registry.writes - setUp - steady - death;

    System.out.printf(
        "registry, %d workers: %d writes to set up, %d a minute in steady state, %d for a death, %d"
            + " for its return; largest record %s, %d bytes%n",
        WORKERS, setUp, steady, death, back, town.registry.largestAt, town.registry.largest);
    assertThat(steady).isLessThanOrEqualTo(2);
    assertThat(death).isLessThanOrEqualTo(10);
    assertThat(back).isLessThanOrEqualTo(10);
    assertThat(town.registry.largest).isLessThan(64 << 10);
  }
}
