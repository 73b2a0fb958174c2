package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What goes wrong in a town, by chance, and is put right again before the end. */
final class Faults {
  /** What can go wrong. */
  enum Kind {
    CRASH,
    PAUSE,
    POWER_LOSS,
    ONE_WAY_CUT,
    TWO_WAY_CUT,
    ISOLATION,
    DEAFNESS,
    PARTITION,
    MAIN_CRASH,
    MAIN_PAUSE,
    ALL_MAINS_AWAY,
    CLOCK_JUMP,
    CLOCK_DRIFT,
    STARVATION,
    FLOOD,
    LOSS
  }

  private static final Duration HANGS_UP = Duration.ofSeconds(10);

  final Disturbances disturbances = new Disturbances();
  final List<String> told = new ArrayList<>();
  private final Town town;
  private final SimRandom chance;
  private final List<NodeId> workers;
  private final List<NodeId> mains;
  private final NetworkFaults calm;
  private final Dead dead;

  /** Told when a worker stops for good or for some time. */
  interface Dead {
    void stopped(NodeId worker, Duration atLeast);
  }

  Faults(Town town, NetworkFaults calm, Dead dead) {
    this.town = town;
    this.calm = calm;
    this.dead = dead;
    this.chance = SimRandom.named(town.world.seed(), "faults");
    this.workers = List.copyOf(town.workers.keySet());
    this.mains = List.copyOf(town.mains.keySet());
  }

  /** Lets one thing go wrong some time from now, for some time, over before {@code end}. */
  void plan(Kind kind, Duration from, Duration end) {
    long at = chance.between(from.toNanos(), end.toNanos() - 2_000_000_000L);
    long most = end.toNanos() - at;
    long forNanos = chance.between(300_000_000L, Math.min(most, 20_000_000_000L));
    town.world.after(Duration.ofNanos(at), () -> begin(kind, Duration.ofNanos(forNanos)));
  }

  void begin(Kind kind, Duration lasts) {
    NodeId worker = any(workers);
    told.add(kind + " " + town.world.elapsed() + " for " + lasts);
    switch (kind) {
      case CRASH -> {
        dead.stopped(worker, lasts);
        hold(List.of(worker), lasts, town.node(worker)::crash, town.node(worker)::start);
      }
      case PAUSE -> pause(worker, lasts);
      case POWER_LOSS -> powerLoss(worker, lasts);
      case ONE_WAY_CUT -> cut(List.of(worker), List.of(anyOther(worker)), false, lasts);
      case TWO_WAY_CUT -> cut(List.of(worker), List.of(anyOther(worker)), true, lasts);
      case ISOLATION -> cut(List.of(worker), others(worker), true, lasts);
      case DEAFNESS -> cut(List.of(worker), mains, true, lasts);
      case PARTITION -> partition(lasts);
      case MAIN_CRASH -> {
        NodeId main = any(mains);
        hold(List.of(main), lasts, town.node(main)::crash, town.node(main)::start);
      }
      case MAIN_PAUSE -> pause(any(mains), lasts);
      case ALL_MAINS_AWAY ->
          hold(
              mains,
              lasts,
              () -> mains.forEach(main -> town.node(main).crash()),
              () -> mains.forEach(main -> town.node(main).start()));
      case CLOCK_JUMP ->
          town.node(anyNode()).time().jump(Duration.ofMillis(chance.between(-600_000, 600_000)));
      case CLOCK_DRIFT -> town.node(anyNode()).time().drift(chance.between(-20_000, 20_000));
      case STARVATION -> starve(anyNode(), lasts);
      case FLOOD ->
          town.worker(worker).process().ifPresent(run -> run.flood((int) chance.between(20, 150)));
      case LOSS -> loss(lasts);
    }
  }

  private void pause(NodeId who, Duration lasts) {
    SimNode node = town.node(who);
    if (!node.isAlive()) {
      return;
    }
    if (town.workers.containsKey(who)) {
      dead.stopped(who, lasts);
    }
    hold(List.of(who), lasts, node::pause, node::resume);
    if (lasts.compareTo(HANGS_UP) > 0) {
      long start = node.starts();
      town.world.after(
          HANGS_UP,
          () -> {
            if (node.isPaused() && node.starts() == start) {
              town.hangUp(who);
            }
          });
    }
  }

  private void powerLoss(NodeId worker, Duration lasts) {
    dead.stopped(worker, lasts);
    cut(List.of(worker), others(worker), true, lasts);
    town.node(worker).crash();
    SimNode node = town.node(worker);
    town.world.after(lasts, node::start);
  }

  private void partition(Duration lasts) {
    List<NodeId> one = new ArrayList<>();
    List<NodeId> other = new ArrayList<>();
    for (NodeId node : all()) {
      (chance.nextInt(2) == 0 ? one : other).add(node);
    }
    cut(one, other, chance.nextInt(4) != 0, lasts);
  }

  private void cut(List<NodeId> one, List<NodeId> other, boolean bothWays, Duration lasts) {
    List<NodeId> touched = new ArrayList<>(one);
    touched.addAll(other);
    hold(
        touched,
        lasts,
        () -> {
          for (NodeId a : one) {
            for (NodeId b : other) {
              town.world.cutOneWay(a, b);
              if (bothWays) {
                town.world.cutOneWay(b, a);
              }
            }
          }
        },
        () -> {
          for (NodeId a : one) {
            for (NodeId b : other) {
              town.world.mendOneWay(a, b);
              town.world.mendOneWay(b, a);
            }
          }
        });
  }

  private void starve(NodeId who, Duration lasts) {
    SimNode node = town.node(who);
    long end = town.world.nanos() + lasts.toNanos();
    hold(List.of(who), lasts, () -> starveOnce(node, end), () -> {});
  }

  private void starveOnce(SimNode node, long end) {
    if (town.world.nanos() < end) {
      if (node.isAlive()) {
        node.stall(Duration.ofMillis(chance.between(20, 900)));
      }
      town.world.after(Duration.ofMillis(chance.between(200, 1_200)), () -> starveOnce(node, end));
    }
  }

  private void loss(Duration lasts) {
    double drop = chance.between(1, 40) / 100.0;
    hold(
        all(),
        lasts,
        () -> town.weather(new NetworkFaults(calm.delayMin(), calm.delayMax(), drop, 0, 0)),
        () -> town.weather(calm));
  }

  private void hold(Collection<NodeId> who, Duration lasts, Runnable begin, Runnable end) {
    disturbances.begin(who, town.world.nanos());
    begin.run();
    town.world.after(
        lasts,
        () -> {
          end.run();
          disturbances.end(who, town.world.nanos());
        });
  }

  private List<NodeId> all() {
    List<NodeId> all = new ArrayList<>(workers);
    all.addAll(mains);
    return all;
  }

  private NodeId anyNode() {
    return any(all());
  }

  private NodeId anyOther(NodeId node) {
    return any(others(node));
  }

  private List<NodeId> others(NodeId node) {
    return all().stream().filter(id -> !id.equals(node)).toList();
  }

  private NodeId any(List<NodeId> some) {
    return some.get(chance.nextInt(some.size()));
  }
}
