package io.elottery.deploy.mains;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Mains that are paused, cut off from ZooKeeper or from workers, killed, set forwards and backwards
 * and switched over: two never act under one fence, an order older than one that was obeyed is
 * never obeyed, and when it is calm again each half has one leader. One seed: {@code -Dseed=N};
 * more: {@code -Dseeds=N}.
 */
class HemisphereSimulation {
  private static final int SEEDS = 500;
  private static final Duration TROUBLE = Duration.ofSeconds(12);
  private static final Duration CALM = Duration.ofSeconds(10);
  private static final int TROUBLES = 6;

  @Test
  void twoNeverActUnderOneFenceAndAnOldOrderIsNeverObeyed() {
    Long only = Long.getLong("seed");
    if (only != null) {
      run(only, true);
      return;
    }
    long seeds = Long.getLong("seeds", SEEDS);
    AtomicLong refused = new AtomicLong();
    AtomicLong obeyed = new AtomicLong();
    AtomicLong fences = new AtomicLong();
    long begin = System.nanoTime();
    LongStream.rangeClosed(1, seeds)
        .parallel()
        .forEach(
            seed -> {
              HemisphereTown town = runTwice(seed);
              refused.addAndGet(town.refused);
              obeyed.addAndGet(town.obeyedOrders);
              fences.addAndGet(town.zookeeper.marks(Hemisphere.LEFT).count());
            });
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "HemisphereSimulation: %d seeds, %d fences, %d orders obeyed, %d old ones refused, %.1f s%n",
        seeds, fences.get(), obeyed.get(), refused.get(), seconds);
    assertThat(refused.get()).as("old orders that arrived").isGreaterThan(seeds / 20);
  }

  // Quick first; with the last events in words when it fails.
  private static HemisphereTown runTwice(long seed) {
    try {
      return run(seed, false);
    } catch (AssertionError failed) {
      run(seed, true);
      throw failed;
    }
  }

  private static HemisphereTown run(long seed, boolean traced) {
    HemisphereTown town = new HemisphereTown(seed);
    if (!traced) {
      town.world.untraced();
    }
    town.world.startAll();
    for (int i = 0; i < TROUBLES; i++) {
      Duration at = Duration.ofNanos(town.chance.between(0, TROUBLE.toNanos()));
      town.world.after(at, () -> trouble(town));
    }
    town.world.runFor(TROUBLE);
    town.world.heal();
    town.zookeeper.down(false);
    town.world.startAll();
    town.world.runFor(CALM);
    try {
      calm(town);
    } catch (AssertionError wrong) {
      throw town.world.failure(String.valueOf(wrong.getMessage()), wrong);
    }
    return town;
  }

  private static void trouble(HemisphereTown town) {
    StandingMain main = town.mains.get(town.chance.nextInt(town.mains.size()));
    GatedWorker worker = town.workers.get(town.chance.nextInt(town.workers.size()));
    Duration lasts = Duration.ofMillis(town.chance.between(50, 6_000));
    SimNode node = main.node;
    switch (town.chance.nextInt(11)) {
      case 0, 1 -> {
        node.pause();
        town.world.after(lasts, node::resume);
      }
      case 2 -> {
        boolean both = town.chance.chance(0.5);
        cut(town, node.id(), ZooKeeperModel.ID, both, lasts);
      }
      case 3 -> cut(town, node.id(), worker.id, town.chance.chance(0.5), lasts);
      case 4 -> {
        StandingMain other = town.mains.get(town.chance.nextInt(town.mains.size()));
        if (other != main) {
          cut(town, node.id(), other.id, true, lasts);
        }
      }
      case 5 -> {
        node.crash();
        town.world.after(lasts, node::start);
      }
      case 6 -> {
        worker.node.crash();
        town.world.after(lasts, worker.node::start);
      }
      case 7 -> {
        node.time().jump(Duration.ofMillis(town.chance.between(-120_000, 120_000)));
        node.time().drift(town.chance.between(-20_000, 20_000));
        if (town.chance.chance(0.3)) {
          town.zookeeper.down(true);
          town.world.after(lasts, () -> town.zookeeper.down(false));
        }
      }
      case 8 -> switchover(town);
      default -> sleepwalk(town, worker);
    }
  }

  // The leader sleeps while another acts. When it wakes it reaches neither ZooKeeper nor other
  // mains,
  // and a worker that obeyed the other has just been started again and is reached by it alone.
  private static void sleepwalk(HemisphereTown town, GatedWorker worker) {
    Hemisphere half = town.chance.chance(0.5) ? Hemisphere.LEFT : Hemisphere.RIGHT;
    Duration sleeps = Duration.ofMillis(town.chance.between(3_000, 5_000));
    for (StandingMain main : town.mains) {
      boolean leads = main.process().map(run -> run.halves.acts(half)).orElse(false);
      if (leads) {
        main.node.pause();
        town.world.after(sleeps, main.node::resume);
        Duration apart = sleeps.plusMillis(1_500);
        cut(town, main.id, ZooKeeperModel.ID, true, apart);
        town.mains.stream()
            .filter(other -> other != main)
            .forEach(other -> cut(town, main.id, other.id, true, apart));
        Duration before = sleeps.minusMillis(town.chance.between(50, 600));
        town.world.after(
            before,
            () -> {
              worker.node.crash();
              worker.node.start();
              for (StandingMain other : town.mains) {
                if (other != main) {
                  cut(town, other.id, worker.id, true, Duration.ofSeconds(2));
                }
              }
            });
      }
    }
  }

  private static void cut(HemisphereTown town, NodeId a, NodeId b, boolean both, Duration lasts) {
    town.world.cutOneWay(a, b);
    if (both) {
      town.world.cutOneWay(b, a);
    }
    town.world.after(
        lasts,
        () -> {
          town.world.mendOneWay(a, b);
          town.world.mendOneWay(b, a);
        });
  }

  private static void switchover(HemisphereTown town) {
    Hemisphere half = town.chance.chance(0.5) ? Hemisphere.LEFT : Hemisphere.RIGHT;
    NodeId to = town.mains.get(town.chance.nextInt(town.mains.size())).id;
    for (StandingMain main : town.mains) {
      main.process()
          .ifPresent(
              run ->
                  run.loop.post(
                      () -> {
                        if (run.halves.acts(half)) {
                          run.desk.handOver(half, to).exceptionally(unanswered -> false);
                        }
                      }));
    }
  }

  private static void calm(HemisphereTown town) {
    for (Hemisphere half : Hemisphere.values()) {
      List<StandingMain> acting =
          town.mains.stream()
              .filter(main -> main.process().map(run -> run.halves.acts(half)).orElse(false))
              .toList();
      assertThat(acting).as("who acts for " + half).hasSize(1);
      StandingMain leader = acting.get(0);
      assertThat(town.zookeeper.leader(half)).as("the seat of " + half).contains(leader.id);
      long fence = leader.process().flatMap(run -> run.halves.fence(half)).orElse(-1L);
      for (GatedWorker worker : town.workers) {
        assertThat(worker.obeyed(half)).as(worker.id + " obeys " + half).isEqualTo(fence);
      }
      assertThat(town.zookeeper.written.get(half)).as("writes for " + half).isSorted();
    }
    if (town.mains.size() > 1) {
      bothHalvesHaveALeaderOfTheirOwn(town);
    }
  }

  private static void bothHalvesHaveALeaderOfTheirOwn(HemisphereTown town) {
    for (StandingMain main : town.mains) {
      boolean both =
          main.process()
              .map(run -> run.halves.acts(Hemisphere.LEFT) && run.halves.acts(Hemisphere.RIGHT))
              .orElse(false);
      assertThat(both).as(main.id + " gives one half back").isFalse();
    }
  }
}
