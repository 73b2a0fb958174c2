package io.elottery.deploy.supervision;

import io.elottery.deploy.supervision.Fault.Kind;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hours in which one thing after another goes wrong, of which only lost and late packets meet more
 * than one of those who watch a worker: what a network sees in a bad year, without most of its
 * calm.
 */
final class Mishaps {
  private static final long FORMING = 15_000_000_000L;
  private static final long APART_LEAST = 30_000_000_000L;
  private static final long APART_MOST = 180_000_000_000L;
  private static final long SHORTEST = 300_000_000L;
  private static final long LONGEST = 20_000_000_000L;
  private static final long FREEZE_LEAST = 50_000_000L;
  private static final long FREEZE_MOST = 1_000_000_000L;
  private static final long DELAY_NANOS = 100_000;
  private static final int DELAY_FACTOR = 1_500;
  private static final int MAINS = 2;

  private enum Story {
    CRASH,
    PAUSE,
    POWER_LOSS,
    ONE_WAY_CUT,
    TWO_WAY_CUT,
    MAIN_CRASH,
    FREEZE_OF_MAIN,
    FREEZE_OF_OBSERVER,
    FREEZE_OF_ALL,
    CLOCK_JUMP,
    CLOCK_DRIFT,
    STARVATION,
    FLOOD,
    LOSS,
    JITTER
  }

  private final SimRandom chance;
  private final Map<NodeId, TreeSet<NodeId>> neighbours;
  private final List<NodeId> workers;
  private final List<NodeId> mains = Towns.names("main-", MAINS);
  private final List<Fault> faults = new ArrayList<>();

  private Mishaps(SimRandom chance, Map<NodeId, TreeSet<NodeId>> neighbours) {
    this.chance = chance;
    this.neighbours = neighbours;
    this.workers = List.copyOf(neighbours.keySet());
  }

  /** So many workers with k neighbours each, for so long. */
  static Script of(long seed, int count, int k, Duration whole) {
    return of(seed, count, k, whole, Density.USUAL);
  }

  /**
   * How much goes wrong.
   *
   * @param stories what; all when there is none
   * @param apartLeast nanoseconds of calm between two of them
   */
  record Density(Set<String> stories, long apartLeast, long apartMost) {
    static final Density USUAL = new Density(Set.of(), APART_LEAST, APART_MOST);
  }

  /** As much of it as is said. */
  static Script of(long seed, int count, int k, Duration whole, Density density) {
    SimRandom chance = SimRandom.named(seed, "mishaps");
    double factor = Math.pow(DELAY_FACTOR, chance.nextInt(1_000) / 1_000.0);
    Duration delay = Duration.ofNanos((long) (DELAY_NANOS * factor));
    Map<NodeId, TreeSet<NodeId>> neighbours = Towns.regular(count, k);
    Mishaps mishaps = new Mishaps(chance, neighbours);
    List<Story> all =
        Arrays.stream(Story.values())
            .filter(story -> density.stories.isEmpty() || density.stories.contains(story.name()))
            .toList();
    long end = whole.toNanos() - 2 * LONGEST;
    for (long at = FORMING; at < end; at = mishaps.next(at, density)) {
      mishaps.plan(all.get(chance.nextInt(all.size())), at);
    }
    return new Script(
        seed,
        delay,
        delay.multipliedBy(3).dividedBy(2),
        MAINS,
        neighbours,
        List.copyOf(mishaps.faults));
  }

  private long next(long at, Density density) {
    return at + LONGEST + chance.between(density.apartLeast, density.apartMost);
  }

  private void plan(Story story, long at) {
    long lasts = chance.between(SHORTEST, LONGEST);
    long freeze = chance.between(FREEZE_LEAST, FREEZE_MOST);
    NodeId worker = any(workers);
    switch (story) {
      case CRASH -> add(Kind.CRASH, at, lasts, List.of(worker), 0);
      case PAUSE -> add(Kind.PAUSE, at, lasts, List.of(worker), 0);
      case POWER_LOSS -> add(Kind.POWER_LOSS, at, lasts, List.of(worker), 0);
      case ONE_WAY_CUT -> cut(Kind.ONE_WAY_CUT, at, lasts, worker);
      case TWO_WAY_CUT -> cut(Kind.TWO_WAY_CUT, at, lasts, worker);
      case MAIN_CRASH -> add(Kind.CRASH, at, lasts, List.of(any(mains)), 0);
      case FREEZE_OF_MAIN -> add(Kind.PAUSE, at, freeze, List.of(any(mains)), 0);
      case FREEZE_OF_OBSERVER -> add(Kind.PAUSE, at, freeze, List.of(worker), 0);
      case FREEZE_OF_ALL -> add(Kind.PAUSE, at, freeze, all(), 0);
      case CLOCK_JUMP ->
          add(Kind.CLOCK_JUMP, at, 0, List.of(any(all())), chance.between(-600_000, 600_000));
      case CLOCK_DRIFT ->
          add(Kind.CLOCK_DRIFT, at, 0, List.of(any(all())), chance.between(-20_000, 20_000));
      case STARVATION -> add(Kind.STARVATION, at, lasts, List.of(any(all())), 0);
      case FLOOD -> add(Kind.FLOOD, at, 0, List.of(worker), chance.between(20, 150));
      case LOSS -> add(Kind.LOSS, at, lasts, List.of(), chance.between(1, 40));
      case JITTER -> add(Kind.JITTER, at, lasts, List.of(), chance.between(5, 300));
    }
  }

  // One link: to a neighbour or to a main, from either end.
  private void cut(Kind kind, long at, long lasts, NodeId worker) {
    List<NodeId> ends = new ArrayList<>(neighbours.get(worker));
    ends.addAll(mains);
    NodeId other = any(ends);
    boolean turned = chance.nextInt(2) == 0;
    faults.add(
        new Fault(
            kind,
            Duration.ofNanos(at),
            Duration.ofNanos(lasts),
            List.of(turned ? other : worker),
            List.of(turned ? worker : other),
            0));
  }

  private void add(Kind kind, long at, long lasts, List<NodeId> who, long amount) {
    faults.add(
        new Fault(kind, Duration.ofNanos(at), Duration.ofNanos(lasts), who, List.of(), amount));
  }

  private List<NodeId> all() {
    List<NodeId> all = new ArrayList<>(workers);
    all.addAll(mains);
    return all;
  }

  private NodeId any(List<NodeId> some) {
    return some.get(chance.nextInt(some.size()));
  }
}
