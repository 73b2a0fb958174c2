package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.worker.town.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs by chance: how large they are and what happens in them. */
final class Scripts {
  /** Where players come in. */
  static final List<NodeId> GATEWAYS = List.of(NodeId.of("gateway-1"), NodeId.of("gateway-2"));

  private static final Duration TROUBLE = Duration.ofSeconds(12);
  private static final long BEGIN = 500_000_000L;
  private static final long END = TROUBLE.toNanos();
  private static final long SHORTEST = 100_000_000L;
  private static final long LONGEST = 5_000_000_000L;
  private static final int TOGETHER = 3; // stories of each run that overlap, at least

  private enum Story {
    KILL,
    KILL_MANY,
    KILL_ALL,
    POWER_LOSS,
    POWER_LOSS_OF_MANY,
    POWER_LOSS_OF_ALL,
    POWER_LOSS_IN_SYNC,
    COMES_AND_GOES,
    PAUSE,
    STARVATION,
    ONE_WAY_CUT,
    TWO_WAY_CUT,
    ISOLATION,
    DEAF,
    DUMB,
    PARTITION,
    BRIDGE,
    CHAIN,
    GATEWAY_CUT,
    RESET,
    CLOCK_JUMP,
    CLOCK_DRIFT,
    LOSS,
    DUPLICATES,
    REORDER,
    JITTER,
    DISK_ERROR,
    SLOW_DISK,
    WIPE,
    FLIP,
    PUT_BACK,
    FULL_DISK,
    SUSPICION,
    HAND_OVER,
    REST,
    MOVE
  }

  // What lasts, as long as it is told to.
  private static final List<Story> LASTING =
      List.of(
          Story.KILL,
          Story.KILL_MANY,
          Story.POWER_LOSS,
          Story.POWER_LOSS_OF_MANY,
          Story.PAUSE,
          Story.STARVATION,
          Story.ONE_WAY_CUT,
          Story.TWO_WAY_CUT,
          Story.ISOLATION,
          Story.DEAF,
          Story.DUMB,
          Story.PARTITION,
          Story.BRIDGE,
          Story.CHAIN,
          Story.GATEWAY_CUT,
          Story.LOSS,
          Story.DUPLICATES,
          Story.REORDER,
          Story.JITTER,
          Story.SLOW_DISK,
          Story.FULL_DISK,
          Story.REST);

  private final SimRandom chance;
  private final List<NodeId> workers;
  private final int copies;
  private final List<Fault> faults = new ArrayList<>();
  private boolean damaged;

  private Scripts(SimRandom chance, List<NodeId> workers, int copies) {
    this.chance = chance;
    this.workers = workers;
    this.copies = copies;
  }

  /** Worker-1 and so on. */
  static List<NodeId> workers(int count) {
    List<NodeId> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(NodeId.of("worker-" + i));
    }
    return names;
  }

  /** The run of this seed. */
  static Script of(long seed) {
    SimRandom chance = SimRandom.named(seed, "script");
    int copies = chance.nextInt(8) == 0 ? 3 : 5;
    int count = copies + (chance.nextInt(3) == 0 ? 1 + chance.nextInt(2) : 0);
    int shards = chance.nextInt(5) == 0 ? 2 + chance.nextInt(2) : 1;
    Scripts scripts = new Scripts(chance, workers(count), copies);
    long worst = chance.between(END / 4, END * 3 / 4);
    for (int i = 0; i < TOGETHER; i++) {
      long at = worst - chance.between(SHORTEST, 2_000_000_000L);
      long lasts = chance.between(worst - at + SHORTEST, LONGEST);
      scripts.plan(LASTING.get(chance.nextInt(LASTING.size())), at, lasts);
    }
    Story[] all = Story.values();
    for (int more = 1 + chance.nextInt(7); more > 0; more--) {
      long at = chance.between(BEGIN, END - 1_000_000_000L);
      long lasts = chance.between(SHORTEST, Math.min(END - at, LONGEST));
      scripts.plan(all[chance.nextInt(all.length)], at, lasts);
    }
    return new Script(
        seed,
        count,
        shards,
        copies,
        2 + chance.nextInt(4),
        chance.between(100, 600),
        (int) chance.between(12, 80),
        TROUBLE,
        scripts.faults);
  }

  private void plan(Story story, long at, long lasts) {
    List<NodeId> worker = List.of(any(workers));
    List<NodeId> other = List.of(any(but(worker)));
    switch (story) {
      case KILL -> add(Kind.KILL, at, lasts, worker);
      case KILL_MANY -> add(Kind.KILL, at, lasts, some(workers));
      case KILL_ALL -> add(Kind.KILL, at, lasts / 4, workers);
      case POWER_LOSS -> add(Kind.POWER_LOSS, at, lasts, worker);
      case POWER_LOSS_OF_MANY -> add(Kind.POWER_LOSS, at, lasts, some(workers));
      case POWER_LOSS_OF_ALL -> add(Kind.POWER_LOSS, at, lasts / 4, workers);
      case POWER_LOSS_IN_SYNC -> add(Kind.POWER_LOSS_IN_SYNC, at, lasts, worker, chance.nextInt(2));
      case COMES_AND_GOES -> comesAndGoes(worker, at);
      case PAUSE -> add(Kind.PAUSE, at, lasts, worker);
      case STARVATION -> add(Kind.STARVATION, at, lasts, worker);
      case ONE_WAY_CUT -> cut(Kind.ONE_WAY_CUT, at, lasts, worker, other);
      case TWO_WAY_CUT -> cut(Kind.TWO_WAY_CUT, at, lasts, worker, other);
      case ISOLATION -> cut(Kind.TWO_WAY_CUT, at, lasts, worker, everyoneBut(worker));
      case DEAF -> cut(Kind.ONE_WAY_CUT, at, lasts, but(worker), worker);
      case DUMB -> cut(Kind.ONE_WAY_CUT, at, lasts, worker, but(worker));
      case PARTITION -> {
        List<NodeId> side = some(workers);
        cut(Kind.TWO_WAY_CUT, at, lasts, side, everyoneBut(side));
      }
      case BRIDGE -> {
        // Two halves that only one of them reaches.
        List<NodeId> rest = but(worker);
        int half = rest.size() / 2;
        cut(Kind.TWO_WAY_CUT, at, lasts, rest.subList(0, half), rest.subList(half, rest.size()));
      }
      case CHAIN -> chain(at, lasts);
      case GATEWAY_CUT ->
          cut(
              chance.nextInt(2) == 0 ? Kind.ONE_WAY_CUT : Kind.TWO_WAY_CUT,
              at,
              lasts,
              List.of(any(GATEWAYS)),
              some(workers));
      case RESET -> add(Kind.RESET, at, 0, worker);
      case CLOCK_JUMP ->
          add(Kind.CLOCK_JUMP, at, 0, some(workers), chance.between(-120_000, 120_000));
      case CLOCK_DRIFT ->
          add(Kind.CLOCK_DRIFT, at, 0, some(workers), chance.between(-50_000, 50_000));
      case LOSS -> add(Kind.LOSS, at, lasts, List.of(), chance.between(1, 30));
      case DUPLICATES -> add(Kind.DUPLICATES, at, lasts, List.of(), chance.between(1, 40));
      case REORDER -> add(Kind.REORDER, at, lasts, List.of(), chance.between(1, 60));
      case JITTER -> add(Kind.JITTER, at, lasts, List.of(), chance.between(5, 400));
      case DISK_ERROR -> add(Kind.DISK_ERROR, at, lasts, worker);
      case SLOW_DISK -> add(Kind.SLOW_DISK, at, lasts, some(workers), chance.between(10, 300));
      case WIPE -> damage(Kind.WIPE, at, lasts, worker);
      case FLIP -> damage(Kind.FLIP, at, 0, worker);
      case PUT_BACK -> damage(Kind.PUT_BACK, at, lasts, worker);
      case FULL_DISK -> add(Kind.FULL_DISK, at, lasts, some(workers));
      case SUSPICION -> add(Kind.SUSPICION, at, 0, worker);
      case HAND_OVER -> add(Kind.HAND_OVER, at, 0, worker);
      case MOVE -> add(Kind.MOVE, at, 0, worker);
      case REST -> add(Kind.REST, at, lasts, some(workers));
    }
  }

  // What five copies bear for good is one.
  private void damage(Kind kind, long at, long lasts, List<NodeId> worker) {
    if (!damaged && copies == 5) {
      damaged = true;
      add(kind, at, lasts, worker);
    }
  }

  private void comesAndGoes(List<NodeId> worker, long from) {
    Kind kind = chance.nextInt(2) == 0 ? Kind.KILL : Kind.POWER_LOSS;
    for (long at = from; at < END - 2_000_000_000L; ) {
      long lasts = chance.between(50_000_000L, 1_500_000_000L);
      add(kind, at, lasts, worker);
      at += lasts + chance.between(200_000_000L, 2_000_000_000L);
    }
  }

  // Each of them reaches the next one only, the last one the first.
  private void chain(long at, long lasts) {
    int count = workers.size();
    for (int i = 0; i < count; i++) {
      List<NodeId> far = new ArrayList<>();
      for (int j = i + 2; j < count; j++) {
        if (i > 0 || j < count - 1) {
          far.add(workers.get(j));
        }
      }
      if (!far.isEmpty()) {
        cut(Kind.TWO_WAY_CUT, at, lasts, List.of(workers.get(i)), far);
      }
    }
  }

  private void cut(Kind kind, long at, long lasts, List<NodeId> one, List<NodeId> other) {
    if (!one.isEmpty() && !other.isEmpty()) {
      faults.add(new Fault(kind, Duration.ofNanos(at), Duration.ofNanos(lasts), one, other, 0));
    }
  }

  private void add(Kind kind, long at, long lasts, List<NodeId> who) {
    add(kind, at, lasts, who, 0);
  }

  private void add(Kind kind, long at, long lasts, List<NodeId> who, long amount) {
    faults.add(
        new Fault(kind, Duration.ofNanos(at), Duration.ofNanos(lasts), who, List.of(), amount));
  }

  private List<NodeId> but(List<NodeId> not) {
    List<NodeId> rest = new ArrayList<>(workers);
    rest.removeAll(not);
    return rest;
  }

  // Each gateway falls on one side.
  private List<NodeId> everyoneBut(List<NodeId> side) {
    List<NodeId> rest = but(side);
    for (NodeId gateway : GATEWAYS) {
      if (chance.nextInt(2) == 0) {
        rest.add(gateway);
      }
    }
    return rest;
  }

  private List<NodeId> some(List<NodeId> of) {
    List<NodeId> some = new ArrayList<>();
    for (NodeId node : of) {
      if (chance.nextInt(2) == 0) {
        some.add(node);
      }
    }
    return some.isEmpty() ? of.subList(0, 1) : some;
  }

  private NodeId any(List<NodeId> some) {
    return some.get(chance.nextInt(some.size()));
  }
}
