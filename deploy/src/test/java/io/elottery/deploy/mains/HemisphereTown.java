package io.elottery.deploy.mains;

import io.elottery.controller.hemisphere.Preference;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.simulation.SimStreams;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.reports.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some mains, some workers and one ZooKeeper; looks at every act and at every order obeyed. */
final class HemisphereTown {
  final SimWorld world;
  final SimStreams trunks;
  final ZooKeeperModel zookeeper;
  final List<StandingMain> mains = new ArrayList<>();
  final List<GatedWorker> workers = new ArrayList<>();
  final SimRandom chance;
  // A fence to the run of a main that acts under it, and the half.
  private final Map<Long, String> actors = new HashMap<>();
  long refused;
  long obeyedOrders;

  HemisphereTown(long seed) {
    world = new SimWorld(seed);
    chance = SimRandom.named(seed, "plan");
    trunks = world.streams("TRUNK");
    trunks.only((a, b) -> a.name().startsWith("main"));
    zookeeper = new ZooKeeperModel(world);
    int count = 2 + chance.nextInt(3);
    for (int i = 1; i <= count; i++) {
      mains.add(new StandingMain(this, NodeId.of("main-" + i), preference(i)));
    }
    for (int i = 1; i <= 2; i++) {
      workers.add(new GatedWorker(this, NodeId.of("worker-" + i)));
    }
  }

  // Mostly one of each and a substitute, sometimes all alike.
  private Preference preference(int number) {
    Preference[] all = Preference.values();
    return chance.chance(0.7) ? all[(number - 1) % all.length] : all[chance.nextInt(all.length)];
  }

  void later(Runnable watch) {
    world.after(Duration.ofNanos(chance.between(300_000, 5_000_000)), watch);
  }

  /** A run of a main acts for the half: nobody else ever did under this fence. */
  void acts(String run, Hemisphere half, long fence) {
    String actor = run + " for " + half;
    String before = actors.putIfAbsent(fence, actor);
    if (before != null && !before.equals(actor)) {
      throw new AssertionError("fence " + fence + ": " + before + " and " + actor);
    }
  }

  /** A worker did what it was told. */
  void obeyed(GatedWorker worker, NodeId main, Order order, long before) {
    obeyedOrders++;
    if (order.fence() < before) {
      throw new AssertionError(
          worker.id + " obeyed " + order + " of " + main + " after one under fence " + before);
    }
  }
}
