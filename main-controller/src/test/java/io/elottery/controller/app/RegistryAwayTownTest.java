package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper is away: the staff are answered at once, with what is known or with why not. */
class RegistryAwayTownTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @Test
  void staffAreAnsweredAtOnce() throws Exception {
    StaffedTown staff = new StaffedTown(directory);
    Town town = staff.town;
    town.wire.pass(Duration.ofSeconds(20));

    town.registry.goAway();
    town.wire.pass(Duration.ofMillis(100));

    // A picture any main has; who asks is known from before, on leaders and substitutes alike.
    for (String main : Town.MAINS) {
      StaffedTown.Answer here = staff.ask(main, "ops", "GET", "/troubles", StaffedTown.json());
      assertThat(here.status()).as("%s: %s", main, here.body()).isEqualTo(200);
      StaffedTown.Answer nobody = staff.ask(main, "nobody", "GET", "/troubles", StaffedTown.json());
      assertThat(nobody.status()).isEqualTo(401);
    }
    StaffedTown.Answer led = staff.ask("main-3", "ops", "GET", "/orders", StaffedTown.json());
    assertThat(led.status()).isEqualTo(503);
    assertThat(led.text("detail")).contains("ZooKeeper does not answer", "Selling goes on");
  }

  @Test
  void freshMainSaysThatItKnowsNobodyYet() throws Exception {
    StaffedTown staff = new StaffedTown(directory);
    staff.town.registry.goAway();
    staff.town.kill("main-3");

    staff.town.bringUp("main-3");
    staff.town.wire.pass(Duration.ofMillis(100));

    StaffedTown.Answer here = staff.ask("main-3", "ops", "GET", "/troubles", StaffedTown.json());
    assertThat(here.status()).isEqualTo(503);
    assertThat(here.text("code")).isEqualTo("REGISTRY_AWAY");
  }
}
