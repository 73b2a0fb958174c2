package io.elottery.foundation.simulation;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Breaks things by chance: crashes (also in the middle of a sync), pauses, cuts, resets and jumping
 * clocks, each undone after a while; {@link #end()} undoes all.
 */
public final class SimChaos {
  private final SimWorld world;
  private final List<SimNode> victims;
  private final int downMax;
  private final Duration rest;
  private final Set<NodeId> reviving = new TreeSet<>();
  private boolean over;
  private long acts;

  /**
   * @param victims who may be hit
   * @param downMax how many of them may be crashed at once
   * @param rest mean time between two acts
   */
  public SimChaos(SimWorld world, List<SimNode> victims, int downMax, Duration rest) {
    this.world = world;
    this.victims = List.copyOf(victims);
    this.downMax = downMax;
    this.rest = rest;
  }

  /** Begins. */
  public SimChaos begin() {
    next();
    return this;
  }

  /** Ends it: no more cuts, everyone up and running. */
  public void end() {
    over = true;
    victims.forEach(victim -> victim.disks().forEach(SimDisk::disarm));
    world.heal();
    world.startAll();
  }

  /** Acts so far. */
  public long acts() {
    return acts;
  }

  private void next() {
    world.after(
        Duration.ofNanos(world.chance().between(1, 2 * rest.toNanos())),
        () -> {
          if (!over) {
            act();
            acts++;
            reviveTheDead();
            next();
          }
        });
  }

  private void act() {
    SimNode victim = victims.get(world.chance().nextInt(victims.size()));
    SimNode other = victims.get(world.chance().nextInt(victims.size()));
    switch (world.chance().nextInt(8)) {
      case 0, 1 -> crash(victim, SimNode::crash);
      case 2 -> crash(victim, this::crashInSync);
      case 3 -> {
        victim.pause();
        later(victim::resume);
      }
      case 4 -> {
        world.isolate(victim.id());
        later(world::heal);
      }
      case 5 -> {
        world.cutOneWay(victim.id(), other.id());
        later(world::heal);
      }
      case 6 -> world.networks().forEach(network -> network.reset(victim.id(), other.id()));
      default -> victim.time().jump(Duration.ofMillis(world.chance().between(-120_000, 120_000)));
    }
  }

  private void crash(SimNode victim, Consumer<SimNode> how) {
    Predicate<SimNode> isDown = node -> !node.isAlive();
    Predicate<SimNode> isDoomed = node -> node.disks().stream().anyMatch(SimDisk::isArmed);
    if (victims.stream().filter(isDown.or(isDoomed)).count() < downMax) {
      how.accept(victim);
    }
  }

  private void crashInSync(SimNode victim) {
    SimDisk.CrashPoint point =
        world.chance().chance(0.5) ? SimDisk.CrashPoint.BEFORE_SYNC : SimDisk.CrashPoint.AFTER_SYNC;
    victim.disks().forEach(disk -> disk.crashAtNextSync(point));
  }

  // A crash inside a sync happens some time after the act that asked for it.
  private void reviveTheDead() {
    for (SimNode victim : victims) {
      if (!victim.isAlive() && reviving.add(victim.id())) {
        later(
            () -> {
              reviving.remove(victim.id());
              victim.start();
            });
      }
    }
  }

  private void later(Runnable undo) {
    world.after(
        Duration.ofNanos(world.chance().between(rest.toNanos() / 4, 4 * rest.toNanos())), undo);
  }
}
