package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.reports.order.Order;
import io.elottery.reports.order.OrderRecord;
import io.elottery.reports.order.OrderRecord.State;
import io.elottery.reports.roster.RosterWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The acting main dies while an order is on its way, at any moment between its record and its end,
 * with a registry that takes its time: the next one finishes it or takes it back, once. {@code
 * -Dseed=N}, {@code -Dseeds=N}.
 */
class TakeOverSimulation {
  private static final int SEEDS = 4;
  private static final Duration STEP = Duration.ofMillis(40);
  private static final Duration EACH = Duration.ofMillis(20);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @Test
  void reknitIsFinishedOnceAndTakenBack() throws Exception {
    each(
        (town, random, what) -> {
          town.kill("worker-2");
          town.wire.pass(Duration.ofMillis(30_000 + random.nextInt(1_500)), STEP);
          town.kill("main-1");
          pass(town, 30);
          OrderLedger orders = new OrderLedger(town);
          List<OrderRecord> knit = orders.of(Order.Kind.REKNIT, "worker-2");
          assertThat(knit).as(what).hasSize(1);
          assertThat(knit.get(0).state()).as("%s: %s", what, knit).isEqualTo(State.DONE);
          assertThat(seen(town, "worker-1").neighbours()).as(what).contains(NodeId.of("worker-3"));
          assertFreshKey(town, what);
          assertThat(orders.of(Order.Kind.MOVE_WRITERS, "worker-2"))
              .as(what)
              .allMatch(order -> order.state() == State.DONE);

          town.bringUp("worker-2");
          pass(town, 40);
          assertThat(orders.of(Order.Kind.REKNIT, "worker-2").get(0).state())
              .as(what)
              .isEqualTo(State.UNDONE);
          assertThat(seen(town, "worker-1").neighbours())
              .as(what)
              .doesNotContain(NodeId.of("worker-3"));
        });
  }

  @Test
  void conservationGoesOnAndIsKept() throws Exception {
    StaffedTown staff = new StaffedTown(directory);
    Town town = staff.town;
    SlowRegistry.in(town, Duration.ofMillis(150));
    staff.send(
        "main-1",
        "ops",
        "POST",
        "/servers/worker-3/conserve",
        StaffedTown.json().put("reason", "a new disk"));
    // The order is recorded; what is wanted is not.
    awaitOrder(town, Order.Kind.CONSERVE);
    assertThat(town.registry.values).doesNotContainKey("conserved/worker-3");
    town.kill("main-1");
    pass(town, 60);

    assertThat(worker(town, "worker-3").rests).isTrue();
    assertThat(only(town, Order.Kind.CONSERVE).state()).isEqualTo(State.DONE);
    assertThat(town.registry.values).containsKey("conserved/worker-3");
    // And over the next take-over: nobody tells it to serve.
    town.bringUp("main-1");
    pass(town, 40);
    town.kill(leader(town));
    pass(town, 60);
    assertThat(worker(town, "worker-3").rests).isTrue();
    assertThat(only(town, Order.Kind.CONSERVE).state()).isEqualTo(State.DONE);

    staff.send(leader(town), "ops", "POST", "/servers/worker-3/release", StaffedTown.json());
    awaitOrder(town, Order.Kind.RELEASE);
    town.kill(leader(town));
    pass(town, 60);
    assertThat(worker(town, "worker-3").rests).isFalse();
    assertThat(only(town, Order.Kind.RELEASE).state()).isEqualTo(State.DONE);
    assertThat(only(town, Order.Kind.CONSERVE).state()).isEqualTo(State.UNDONE);
  }

  // A key that both ends hold and no other link has.
  private static void assertFreshKey(Town town, String what) {
    String link = "worker-1~worker-3/neighbour";
    KeyRing ring = Optional.ofNullable(worker(town, "worker-1").keys.get(link)).orElseThrow();
    KeyRing other = Optional.ofNullable(worker(town, "worker-3").keys.get(link)).orElseThrow();
    assertThat(ring.dialEpoch()).as(what).isPositive().isEqualTo(other.dialEpoch());
    assertThat(ring.key(ring.dialEpoch()))
        .as(what)
        .isPresent()
        .isEqualTo(other.key(other.dialEpoch()));
    for (Town.Worker worker : town.workers.values()) {
      worker.keys.forEach(
          (name, each) ->
              assertThat(name.equals(link) || !each.kept().containsValue(ring.kept().get(1)))
                  .as("%s: %s has a key of its own", what, name)
                  .isTrue());
    }
  }

  @Test
  void capacityTestIsAskedAgainAndItsFiguresComeToWhoActsNow() throws Exception {
    StaffedTown staff = new StaffedTown(directory);
    Town town = staff.town;
    staff.ask("main-1", "ops", "POST", "/servers/worker-3/test", StaffedTown.json());
    assertThat(only(town, Order.Kind.CAPACITY_TEST).state()).isEqualTo(State.UNDER_WAY);

    town.kill("main-1");
    pass(town, 30);

    List<OrderRecord> tests = new OrderLedger(town).of(Order.Kind.CAPACITY_TEST);
    assertThat(tests).hasSize(2);
    assertThat(tests.get(0).state()).isEqualTo(State.WITHDRAWN);
    assertThat(tests.get(1).state()).as(tests.toString()).isEqualTo(State.DONE);
    assertThat(tests.get(1).outcome()).contains("passed");
  }

  private static String leader(Town town) {
    return town.registry.leader("LEFT");
  }

  private static OrderRecord only(Town town, Order.Kind kind) {
    List<OrderRecord> found = new OrderLedger(town).of(kind);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void awaitOrder(Town town, Order.Kind kind) {
    for (int i = 0; i < 500 && new OrderLedger(town).of(kind).isEmpty(); i++) {
      town.wire.pass(STEP, STEP);
    }
    assertThat(new OrderLedger(town).of(kind)).hasSize(1);
  }

  private void each(Scene scene) throws Exception {
    NewVault vault = NewVault.make(directory);
    long first = Long.getLong("seed", 1);
    long last = Long.getLong("seed", Long.getLong("seeds", SEEDS));
    for (long seed = first; seed <= last; seed++) {
      Town town = new Town(directory.resolve("seed-" + seed), vault);
      for (String main : Town.MAINS) {
        town.bringUp(main);
      }
      for (String worker : Town.workerNames()) {
        town.bringUp(worker);
      }
      pass(town, 15);
      SlowRegistry.in(town, EACH);
      scene.play(town, new Random(seed), "seed " + seed);
    }
  }

  private interface Scene {
    void play(Town town, Random random, String what) throws Exception;
  }

  private static void pass(Town town, int seconds) {
    town.wire.pass(Duration.ofSeconds(seconds), STEP);
  }

  private static Town.Worker worker(Town town, String name) {
    return Optional.ofNullable(town.workers.get(name)).orElseThrow();
  }

  private static RosterWorker seen(Town town, String worker) {
    return worker(town, "worker-4").roster.worker(NodeId.of(worker)).orElseThrow();
  }
}
