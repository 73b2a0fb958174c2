package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets happen in a town what its script says, and puts it right again. */
final class Faults {
  private static final Duration HANGS_UP = Duration.ofSeconds(10);

  final Disturbances disturbances = new Disturbances();
  private final Town town;
  private final SimRandom chance;
  private final NetworkFaults calm;
  private final Dead dead;
  private int lossPercent;
  private long jitterMillis;

  /** Told when a worker stops for good or for some time. */
  interface Dead {
    void stopped(NodeId worker, Duration atLeast);
  }

  Faults(Town town, NetworkFaults calm, Dead dead) {
    this.town = town;
    this.calm = calm;
    this.dead = dead;
    this.chance = SimRandom.named(town.world.seed(), "faults");
  }

  /** Lets it happen when it is time. */
  void schedule(Fault fault) {
    town.world.after(fault.at(), () -> begin(fault));
  }

  private void begin(Fault fault) {
    Duration lasts = fault.lasts();
    switch (fault.kind()) {
      case CRASH -> crash(fault.one(), lasts);
      case PAUSE -> pause(fault.one(), lasts);
      case POWER_LOSS -> fault.one().forEach(worker -> powerLoss(worker, lasts));
      case ONE_WAY_CUT -> cut(fault.one(), fault.other(), false, lasts);
      case TWO_WAY_CUT -> cut(fault.one(), fault.other(), true, lasts);
      case CLOCK_JUMP ->
          fault
              .one()
              .forEach(node -> town.node(node).time().jump(Duration.ofMillis(fault.amount())));
      case CLOCK_DRIFT -> fault.one().forEach(node -> town.node(node).time().drift(fault.amount()));
      case STARVATION -> fault.one().forEach(node -> starve(node, lasts));
      case FLOOD ->
          fault
              .one()
              .forEach(
                  id ->
                      town.worker(id).process().ifPresent(run -> run.flood((int) fault.amount())));
      case LOSS ->
          hold(
              all(),
              lasts,
              () -> weather((int) fault.amount(), jitterMillis),
              () -> weather(0, jitterMillis));
      case JITTER ->
          hold(
              all(),
              lasts,
              () -> weather(lossPercent, fault.amount()),
              () -> weather(lossPercent, 0));
    }
  }

  private void crash(List<NodeId> who, Duration lasts) {
    who.stream().filter(town.workers::containsKey).forEach(id -> dead.stopped(id, lasts));
    hold(
        who,
        lasts,
        () -> who.forEach(id -> town.node(id).crash()),
        () -> who.forEach(id -> town.node(id).start()));
  }

  private void pause(List<NodeId> who, Duration lasts) {
    List<NodeId> alive = who.stream().filter(id -> town.node(id).isAlive()).toList();
    alive.stream().filter(town.workers::containsKey).forEach(id -> dead.stopped(id, lasts));
    hold(
        alive,
        lasts,
        () -> alive.forEach(id -> town.node(id).pause()),
        () -> alive.forEach(id -> town.node(id).resume()));
    if (lasts.compareTo(HANGS_UP) > 0) {
      alive.forEach(this::hangUpLater);
    }
  }

  private void hangUpLater(NodeId who) {
    SimNode node = town.node(who);
    long start = node.starts();
    town.world.after(
        HANGS_UP,
        () -> {
          if (node.isPaused() && node.starts() == start) {
            town.hangUp(who);
          }
        });
  }

  private void powerLoss(NodeId worker, Duration lasts) {
    dead.stopped(worker, lasts);
    List<NodeId> others = all().stream().filter(id -> !id.equals(worker)).toList();
    cut(List.of(worker), others, true, lasts);
    SimNode node = town.node(worker);
    node.crash();
    town.world.after(lasts, node::start);
  }

  private void cut(List<NodeId> one, List<NodeId> other, boolean bothWays, Duration lasts) {
    Set<NodeId> touched = new HashSet<>(one);
    touched.addAll(other);
    hold(
        touched,
        lasts,
        () ->
            between(
                one,
                other,
                (a, b) -> {
                  town.world.cutOneWay(a, b);
                  if (bothWays) {
                    town.world.cutOneWay(b, a);
                  }
                }),
        () ->
            between(
                one,
                other,
                (a, b) -> {
                  town.world.mendOneWay(a, b);
                  town.world.mendOneWay(b, a);
                }));
  }

  private interface Between {
    void each(NodeId a, NodeId b);
  }

  // Only those who talk at all: a thousand servers have a million pairs.
  private void between(List<NodeId> one, List<NodeId> other, Between act) {
    for (NodeId a : one) {
      for (NodeId b : other) {
        if (town.talk(a, b)) {
          act.each(a, b);
        }
      }
    }
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

  private void weather(int percent, long laterMillis) {
    lossPercent = percent;
    jitterMillis = laterMillis;
    town.weather(
        new NetworkFaults(
            calm.delayMin(), calm.delayMax().plusMillis(laterMillis), percent / 100.0, 0, 0));
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
    List<NodeId> all = new ArrayList<>(town.workers.keySet());
    all.addAll(town.mains.keySet());
    return all;
  }
}
