package io.elottery.deploy.supervision;

import io.elottery.deploy.supervision.Fault.Kind;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Runs by chance: what kinds of towns there are, and what happens in them. */
final class Scripts {
  /** How long one runs; each trouble begins and ends within it, calm is before and after. */
  static final Duration WHOLE = Duration.ofSeconds(62);

  private static final long FORMING = 10_000_000_000L;
  private static final long FORMED = 13_000_000_000L;
  private static final long FOUND = 7_000_000_000L;
  private static final long TROUBLE_ENDS = 42_000_000_000L;
  private static final long SHORTEST = 300_000_000L;
  private static final long LONGEST = 20_000_000_000L;
  private static final long FREEZE = 1_000_000_000L;
  private static final long DELAY_NANOS = 100_000; // one way at least: 0.2 ms there and back
  private static final int JITTER_MILLIS = 300;
  private static final int DELAY_FACTOR = 1_500; // to 150 ms one way

  private enum Story {
    CRASH,
    PAUSE,
    POWER_LOSS,
    ONE_WAY_CUT,
    TWO_WAY_CUT,
    ISOLATION,
    DEAFNESS,
    PARTITION,
    MANY_CRASH,
    MAIN_CRASH,
    MAIN_PAUSE,
    MAINS_PARTED,
    ALL_MAINS_AWAY,
    FREEZE,
    COMES_AND_GOES,
    CLOCK_JUMP,
    CLOCK_DRIFT,
    STARVATION,
    FLOOD,
    LOSS,
    JITTER
  }

  private final SimRandom chance;
  private final List<NodeId> workers;
  private final List<NodeId> mains;
  private final List<Fault> faults = new ArrayList<>();

  private Scripts(SimRandom chance, List<NodeId> workers, List<NodeId> mains) {
    this.chance = chance;
    this.workers = workers;
    this.mains = mains;
  }

  /** The run of this seed; of so many workers, or of few if none is said. */
  static Script of(long seed, int least, int most) {
    SimRandom chance = SimRandom.named(seed, "script");
    int count = (int) chance.between(least, least + chance.nextInt(most - least + 1));
    double factor = Math.pow(DELAY_FACTOR, chance.nextInt(1_000) / 1_000.0);
    Duration delay = Duration.ofNanos((long) (DELAY_NANOS * factor));
    Map<NodeId, TreeSet<NodeId>> neighbours = Towns.any(count, chance);
    int mainCount = 2 + chance.nextInt(2);
    Scripts scripts =
        new Scripts(chance, List.copyOf(neighbours.keySet()), Towns.names("main-", mainCount));
    if (chance.nextInt(3) == 0) {
      scripts.aLoneDeath();
    }
    int stories = 1 + chance.nextInt(5);
    Story[] all = Story.values();
    for (int i = 0; i < stories; i++) {
      scripts.plan(all[chance.nextInt(all.length)]);
    }
    return new Script(
        seed,
        delay,
        delay.multipliedBy(3).dividedBy(2),
        mainCount,
        neighbours,
        List.copyOf(scripts.faults));
  }

  private void plan(Story story) {
    long at = chance.between(FORMING, TROUBLE_ENDS - 2_000_000_000L);
    long lasts = chance.between(SHORTEST, Math.min(TROUBLE_ENDS - at, LONGEST));
    List<NodeId> worker = List.of(any(workers));
    switch (story) {
      case CRASH -> add(Kind.CRASH, at, lasts, worker);
      case PAUSE -> add(Kind.PAUSE, at, lasts, worker);
      case POWER_LOSS -> add(Kind.POWER_LOSS, at, lasts, worker);
      case ONE_WAY_CUT -> cut(Kind.ONE_WAY_CUT, at, lasts, worker, List.of(any(but(worker))));
      case TWO_WAY_CUT -> cut(Kind.TWO_WAY_CUT, at, lasts, worker, List.of(any(but(worker))));
      case ISOLATION -> cut(Kind.TWO_WAY_CUT, at, lasts, worker, but(worker));
      case DEAFNESS -> cut(Kind.TWO_WAY_CUT, at, lasts, worker, mains);
      case PARTITION -> {
        List<NodeId> side = some(all(), 2);
        cut(
            chance.nextInt(4) == 0 ? Kind.ONE_WAY_CUT : Kind.TWO_WAY_CUT,
            at,
            lasts,
            side,
            but(side));
      }
      case MANY_CRASH -> add(Kind.CRASH, at, lasts, some(workers, 1 + chance.nextInt(6)));
      case MAIN_CRASH -> add(Kind.CRASH, at, lasts, List.of(any(mains)));
      case MAIN_PAUSE -> add(Kind.PAUSE, at, lasts, List.of(any(mains)));
      case MAINS_PARTED ->
          cut(Kind.TWO_WAY_CUT, at, lasts, mains.subList(0, 1), mains.subList(1, mains.size()));
      case ALL_MAINS_AWAY -> add(Kind.CRASH, at, lasts, mains);
      case FREEZE ->
          add(
              Kind.PAUSE,
              at,
              FREEZE,
              switch (chance.nextInt(3)) {
                case 0 -> all();
                case 1 -> List.of(any(all()));
                default -> some(all(), 3);
              });
      case COMES_AND_GOES -> comesAndGoes(worker, at);
      case CLOCK_JUMP -> {
        long millis = chance.between(-600_000, 600_000);
        add(new Fault(Kind.CLOCK_JUMP, nanos(at), Duration.ZERO, anyone(), List.of(), millis));
      }
      case CLOCK_DRIFT -> {
        long perMillion = chance.between(-20_000, 20_000);
        add(new Fault(Kind.CLOCK_DRIFT, nanos(at), Duration.ZERO, anyone(), List.of(), perMillion));
      }
      case STARVATION -> add(Kind.STARVATION, at, lasts, anyone());
      case FLOOD -> {
        long reports = chance.between(20, 150);
        add(new Fault(Kind.FLOOD, nanos(at), Duration.ZERO, worker, List.of(), reports));
      }
      case LOSS -> everywhere(Kind.LOSS, at, lasts, chance.between(1, 40));
      case JITTER -> everywhere(Kind.JITTER, at, lasts, chance.between(5, JITTER_MILLIS));
    }
  }

  // Before most of the rest: then it must be found in time.
  private void aLoneDeath() {
    Kind[] deaths = {Kind.CRASH, Kind.PAUSE, Kind.POWER_LOSS};
    long at = chance.between(FORMED, FORMED + 8_000_000_000L);
    long lasts = chance.between(FOUND, LONGEST);
    add(deaths[chance.nextInt(deaths.length)], at, lasts, List.of(any(workers)));
  }

  private void comesAndGoes(List<NodeId> worker, long from) {
    long at = from;
    while (at < TROUBLE_ENDS - 4_000_000_000L) {
      long lasts = chance.between(500_000_000L, 3_000_000_000L);
      add(Kind.CRASH, at, lasts, worker);
      at += lasts + chance.between(500_000_000L, 3_000_000_000L);
    }
  }

  private void everywhere(Kind kind, long at, long lasts, long amount) {
    add(new Fault(kind, nanos(at), nanos(lasts), List.of(), List.of(), amount));
  }

  private void cut(Kind kind, long at, long lasts, List<NodeId> one, List<NodeId> other) {
    add(new Fault(kind, nanos(at), nanos(lasts), one, other, 0));
  }

  private void add(Kind kind, long at, long lasts, List<NodeId> who) {
    add(new Fault(kind, nanos(at), nanos(lasts), who, List.of(), 0));
  }

  private void add(Fault fault) {
    faults.add(fault);
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private List<NodeId> all() {
    List<NodeId> all = new ArrayList<>(workers);
    all.addAll(mains);
    return all;
  }

  private List<NodeId> but(List<NodeId> not) {
    List<NodeId> rest = new ArrayList<>(all());
    rest.removeAll(not);
    return rest;
  }

  private List<NodeId> anyone() {
    return List.of(any(all()));
  }

  // Each of them with this chance.
  private List<NodeId> some(List<NodeId> of, int oneOf) {
    List<NodeId> some = new ArrayList<>();
    for (NodeId node : of) {
      if (chance.nextInt(oneOf) == 0) {
        some.add(node);
      }
    }
    return some.isEmpty() ? of.subList(0, 1) : some;
  }

  private NodeId any(List<NodeId> some) {
    return some.get(chance.nextInt(some.size()));
  }
}
