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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half of the workers die at once, some of them a while before, and come back: main moves writers,
 * gives nothing else while so many are missing, keeps to its rates, and takes everything back.
 * {@code -Dseed=N}, {@code -Dseeds=N}.
 */
class HalfLostSimulation {
  private static final int SEEDS = 3;
  private static final int WORKERS = 12;
  private static final int EARLY_MAX = 3; // A quarter: up to there main still re-knits.
  private static final Duration STEP = Duration.ofMillis(100);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @Test
  void ordersAreBoundedListedAndTakenBack() throws Exception {
    NewVault vault = NewVault.make(directory);
    long first = Long.getLong("seed", 1);
    long last = Long.getLong("seed", Long.getLong("seeds", SEEDS));
    for (long seed = first; seed <= last; seed++) {
      new Run(seed, new Town(directory.resolve("seed-" + seed), vault, WORKERS)).live();
    }
  }

  /** One seed. */
  private static final class Run {
    private final Random random;
    private final Town town;
    private final OrderLedger orders;
    private final String what;

    Run(long seed, Town town) {
      this.random = new Random(seed);
      this.town = town;
      this.orders = new OrderLedger(town);
      this.what = "seed " + seed;
    }

    void live() throws Exception {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= WORKERS; i++) {
        names.add("worker-" + i);
      }
      for (String main : Town.MAINS) {
        town.bringUp(main);
      }
      for (String worker : names) {
        town.bringUp(worker);
      }
      pass(15);
      Map<NodeId, TreeSet<NodeId>> before = neighbours();
      Collections.shuffle(names, random);
      List<String> lost = names.subList(0, WORKERS / 2);
      List<String> early = lost.subList(0, random.nextInt(EARLY_MAX + 1));

      early.forEach(town::kill);
      pass(36);
      assertThat(targets(Order.Kind.REKNIT)).as(what).containsExactlyInAnyOrderElementsOf(early);
      lost.stream().filter(worker -> !early.contains(worker)).forEach(town::kill);
      boolean takenOver = random.nextBoolean();
      if (takenOver) {
        town.wire.pass(Duration.ofMillis(random.nextInt(5_000)), STEP);
        town.kill(random.nextBoolean() ? "main-1" : "main-2");
      }
      pass(20);
      // Also ring.grace is over for all of them.
      town.wire.pass(Duration.ofMinutes(11), Duration.ofSeconds(1));
      whileHalfIsMissing(lost, early);

      for (String worker : lost) {
        town.bringUp(worker);
      }
      if (takenOver) {
        town.bringUp(town.isUp("main-1") ? "main-2" : "main-1");
      }
      pass(60);
      afterwards();
      assertThat(neighbours()).as(what).isEqualTo(before);
    }

    private void whileHalfIsMissing(List<String> lost, List<String> early) {
      orders.assertBounded(what);
      assertThat(new TreeSet<>(targets(Order.Kind.MOVE_WRITERS)))
          .as(what)
          .isEqualTo(new TreeSet<>(lost));
      assertThat(targets(Order.Kind.REKNIT)).as(what).containsExactlyInAnyOrderElementsOf(early);
      assertThat(targets(Order.Kind.REPLACE)).as(what).isEmpty();
      assertThat(orders.all()).as(what).hasSizeLessThanOrEqualTo(2 * lost.size() + early.size());
    }

    private void afterwards() {
      orders.assertBounded(what);
      for (OrderRecord record : orders.all()) {
        assertThat(record.state())
            .as("%s: %s", what, record)
            .isIn(State.DONE, State.UNDONE, State.WITHDRAWN);
      }
      assertThat(orders.of(Order.Kind.REKNIT))
          .as(what)
          .allMatch(record -> record.state() == State.UNDONE);
      for (OrderRecord record : orders.of(Order.Kind.REKNIT)) {
        for (String pair : record.order().detail().split(",", -1)) {
          int plus = pair.indexOf('+');
          assertStrangers(pair.substring(0, plus), pair.substring(plus + 1));
        }
      }
    }

    // Their key is destroyed at both ends.
    private void assertStrangers(String one, String other) {
      for (Town.Worker worker : town.workers.values()) {
        KeyRing ring = worker.keys.get(one + "~" + other + "/neighbour");
        assertThat(ring == null || ring.dialEpoch() == KeyRing.NO_EPOCH)
            .as("%s: %s keeps no key of %s and %s", what, worker.station.id, one, other)
            .isTrue();
      }
    }

    private List<String> targets(Order.Kind kind) {
      return orders.of(kind).stream().map(record -> record.order().target().name()).toList();
    }

    private Map<NodeId, TreeSet<NodeId>> neighbours() {
      Map<NodeId, TreeSet<NodeId>> all = new TreeMap<>();
      for (RosterWorker one : town.workers.values().iterator().next().roster.workers()) {
        all.put(one.id(), new TreeSet<>(one.neighbours()));
      }
      return all;
    }

    private void pass(int seconds) {
      town.wire.pass(Duration.ofSeconds(seconds), STEP);
    }
  }
}
