package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.DiskFaults;
import io.elottery.foundation.simulation.NetworkFaults;
import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.ring.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lets happen what a script says, and puts it right again. */
final class Faults {
  private static final Duration NOTICED = Duration.ofMillis(700);

  private final Shards shards;
  private final SimRandom chance;
  private final Map<Fault.Kind, Long> weather = new TreeMap<>();

  Faults(Shards shards) {
    this.shards = shards;
    this.chance = SimRandom.named(shards.world.seed(), "faults");
  }

  /** Lets it happen when it is time. */
  void schedule(Fault fault) {
    shards.world.after(fault.at(), () -> begin(fault));
  }

  /** Nothing is wrong any more. */
  void end() {
    shards.world.heal();
    weather.clear();
    shards.full.clear();
    behave();
    for (SimNode worker : shards.workers.values()) {
      SimDisk disk = shards.disk(worker.id());
      disk.disarm();
      disk.failSyncs(false);
      disk.behave(DiskFaults.honest());
    }
    shards.world.startAll();
    shards.workers.keySet().forEach(id -> shards.ledger(id).ifPresent(it -> it.rests(Set.of())));
  }

  private void begin(Fault fault) {
    Duration lasts = fault.lasts();
    List<NodeId> one = fault.one();
    switch (fault.kind()) {
      case KILL -> one.forEach(id -> kill(id, lasts));
      case POWER_LOSS -> one.forEach(id -> crash(id, lasts));
      case POWER_LOSS_IN_SYNC -> one.forEach(id -> crashInSync(id, fault.amount(), lasts));
      case PAUSE -> one.forEach(id -> pause(id, lasts));
      case STARVATION -> starve(one, shards.world.nanos() + lasts.toNanos());
      case ONE_WAY_CUT -> cut(one, fault.other(), false, lasts);
      case TWO_WAY_CUT -> cut(one, fault.other(), true, lasts);
      case RESET -> one.forEach(shards::reset);
      case CLOCK_JUMP ->
          one.forEach(id -> shards.node(id).time().jump(Duration.ofMillis(fault.amount())));
      case CLOCK_DRIFT -> one.forEach(id -> shards.node(id).time().drift(fault.amount()));
      case LOSS, DUPLICATES, REORDER, JITTER -> {
        weather.put(fault.kind(), fault.amount());
        behave();
        shards.world.after(
            lasts,
            () -> {
              weather.remove(fault.kind());
              behave();
            });
      }
      case DISK_ERROR -> one.forEach(id -> shards.disk(id).failSyncs(true));
      case SLOW_DISK -> {
        DiskFaults slow = new DiskFaults(0.5, 0, Duration.ofMillis(fault.amount()));
        one.forEach(id -> shards.disk(id).behave(slow));
        shards.world.after(
            lasts, () -> one.forEach(id -> shards.disk(id).behave(DiskFaults.honest())));
      }
      case WIPE -> one.forEach(id -> wipe(id, lasts));
      case FLIP -> one.forEach(this::flip);
      case PUT_BACK -> one.forEach(id -> putBack(id, lasts));
      case FULL_DISK -> {
        shards.full.addAll(one);
        shards.world.after(lasts, () -> shards.full.removeAll(one));
      }
      case SUSPICION -> one.forEach(this::suspected);
      case HAND_OVER -> one.forEach(this::handOver);
      case MOVE -> one.forEach(shards.moves::to);
      case REST -> {
        each(worker -> worker.rests(Set.copyOf(one)));
        shards.world.after(lasts, () -> each(worker -> worker.rests(Set.of())));
      }
    }
  }

  private interface OnLedger {
    void with(LedgerNode ledger);
  }

  // As its process does it: on its loop, when it turns.
  private void each(OnLedger act) {
    shards.workers.keySet().forEach(id -> on(id, act));
  }

  private void on(NodeId worker, OnLedger act) {
    shards.post(worker, act::with);
  }

  private void kill(NodeId id, Duration lasts) {
    shards.disk(id).outlivesNextCrash();
    crash(id, lasts);
  }

  private void crash(NodeId id, Duration lasts) {
    SimNode node = shards.node(id);
    node.crash();
    detected(id, node.starts());
    shards.world.after(lasts, node::start);
  }

  private void crashInSync(NodeId id, long after, Duration lasts) {
    SimNode node = shards.node(id);
    if (node.isAlive()) {
      shards
          .disk(id)
          .crashAtNextSync(
              after == 0 ? SimDisk.CrashPoint.BEFORE_SYNC : SimDisk.CrashPoint.AFTER_SYNC);
      shards.world.after(
          lasts,
          () -> {
            shards.disk(id).disarm();
            node.start();
          });
    }
  }

  private void pause(NodeId id, Duration lasts) {
    SimNode node = shards.node(id);
    node.pause();
    detected(id, node.starts());
    shards.world.after(lasts, node::resume);
  }

  private void wipe(NodeId id, Duration lasts) {
    SimNode node = shards.node(id);
    node.crash();
    shards.forgetful.add(id);
    shards.disk(id).wipe();
    detected(id, node.starts());
    shards.world.after(lasts, node::start);
  }

  private void flip(NodeId id) {
    if (shards.disk(id).flip(key -> true, chance)) {
      shards.forgetful.add(id);
    }
  }

  private void putBack(NodeId id, Duration lasts) {
    SimDisk.Image before = shards.disk(id).image();
    shards.world.after(
        lasts,
        () -> {
          SimNode node = shards.node(id);
          node.crash();
          shards.forgetful.add(id);
          shards.disk(id).restore(before);
          shards.world.after(Duration.ofMillis(chance.between(1, 1_000)), node::start);
        });
  }

  private void starve(List<NodeId> who, long end) {
    if (shards.world.nanos() < end) {
      who.forEach(id -> shards.node(id).stall(Duration.ofMillis(chance.between(20, 900))));
      shards.world.after(Duration.ofMillis(chance.between(200, 1_200)), () -> starve(who, end));
    }
  }

  // The detectors of the others notice most of it, each when it does.
  private void detected(NodeId dead, long life) {
    for (NodeId other : shards.workers.keySet()) {
      if (!other.equals(dead) && chance.nextInt(4) > 0) {
        shards.world.after(
            Duration.ofNanos(chance.between(5_000_000, NOTICED.toNanos())),
            () -> {
              SimNode node = shards.node(dead);
              if (!node.isAlive() || node.isPaused() || node.starts() != life) {
                on(other, ledger -> ledger.suspect(dead));
              }
            });
      }
    }
  }

  private void suspected(NodeId alive) {
    for (NodeId other : shards.workers.keySet()) {
      if (!other.equals(alive)) {
        shards.world.after(
            Duration.ofNanos(chance.between(0, NOTICED.toNanos())),
            () -> on(other, ledger -> ledger.suspect(alive)));
      }
    }
  }

  private void handOver(NodeId to) {
    for (Placement placement : shards.ring().placements()) {
      each(ledger -> ledger.handOver(placement.shard(), to));
    }
  }

  private void cut(List<NodeId> one, List<NodeId> other, boolean bothWays, Duration lasts) {
    for (NodeId a : one) {
      for (NodeId b : other) {
        shards.world.cutOneWay(a, b);
        if (bothWays) {
          shards.world.cutOneWay(b, a);
        }
        shards.world.after(
            lasts,
            () -> {
              shards.world.mendOneWay(a, b);
              if (bothWays) {
                shards.world.mendOneWay(b, a);
              }
            });
      }
    }
  }

  private long percent(Fault.Kind kind) {
    return weather.getOrDefault(kind, 0L);
  }

  private void behave() {
    NetworkFaults faults =
        new NetworkFaults(
            Duration.ofNanos(50_000),
            Duration.ofMillis(2 + percent(Fault.Kind.JITTER)),
            percent(Fault.Kind.LOSS) / 100.0,
            percent(Fault.Kind.DUPLICATES) / 100.0,
            percent(Fault.Kind.REORDER) / 100.0);
    shards.world.network("replica").behave(faults);
    shards.world.network("trunk").behave(faults);
  }
}
