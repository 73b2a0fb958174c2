package io.elottery.deploy.mains;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What an ensemble is to its clients: one history of transactions over a few nodes with versions,
 * sessions that end in silence, and ephemeral nodes that end with them.
 */
final class ZooKeeperModel {
  static final NodeId ID = NodeId.of("zookeeper");
  static final Duration SESSION = Duration.ofSeconds(2);
  private static final Duration TICK = Duration.ofMillis(250);

  final SimWorld world;
  // Every write that was accepted under a fence: hemisphere, then fences in order.
  final Map<Hemisphere, List<Long>> written = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, Half> halves = new EnumMap<>(Hemisphere.class);
  private final Map<Long, Long> heard = new TreeMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private long lastSession;
  private long order;
  private long counter;
  private int counterVersion;
  private boolean down;

  /** One hemisphere's nodes. */
  private static final class Half {
    long leaderSession;
    Optional<NodeId> leader = Optional.empty();
    Optional<NodeId> next = Optional.empty();
    int fenceVersion;
    final Map<NodeId, Candidate> candidates = new TreeMap<>();
  }

  private record Candidate(long order, long session) {}

  /** Versions of a hemisphere's fence and of the counter, and the counter's value. */
  record Marks(int fence, int counter, long count) {}

  ZooKeeperModel(SimWorld world) {
    this.world = world;
    for (Hemisphere half : Hemisphere.values()) {
      halves.put(half, new Half());
      written.put(half, new ArrayList<>());
    }
    tick();
  }

  /** The whole ensemble is away, or is back with what it had. */
  void down(boolean away) {
    down = away;
    heard.replaceAll((session, before) -> world.nanos());
  }

  boolean isDown() {
    return down;
  }

  /** Called after every change of a seat, as a watch would be. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  long open() {
    heard.put(++lastSession, world.nanos());
    return lastSession;
  }

  /** The session is heard of; false when it has ended. */
  boolean ping(long session) {
    return heard.computeIfPresent(session, (id, before) -> world.nanos()) != null;
  }

  Marks marks(Hemisphere half) {
    return new Marks(of(half).fenceVersion, counterVersion, counter);
  }

  Optional<NodeId> leader(Hemisphere half) {
    return of(half).leader;
  }

  long leaderSession(Hemisphere half) {
    return of(half).leaderSession;
  }

  Optional<NodeId> next(Hemisphere half) {
    return of(half).next;
  }

  List<NodeId> candidates(Hemisphere half) {
    return of(half).candidates.entrySet().stream()
        .sorted((a, b) -> Long.compare(a.getValue().order, b.getValue().order))
        .map(Map.Entry::getKey)
        .toList();
  }

  void enter(Hemisphere half, NodeId who, long session) {
    Candidate before = of(half).candidates.get(who);
    if (before == null || before.session != session) {
      of(half).candidates.put(who, new Candidate(order++, session));
      changed();
    }
  }

  void withdraw(Hemisphere half, NodeId who) {
    if (of(half).candidates.remove(who) != null) {
      changed();
    }
  }

  /** The transaction of {@code CuratorSeats.take}. */
  OptionalLong take(Hemisphere half, NodeId who, long session, Taking taking) {
    Half seat = of(half);
    boolean vacant = seat.leaderSession == 0 || taking.replaces;
    if (seat.fenceVersion != taking.marks.fence
        || counterVersion != taking.marks.counter
        || (taking.sitsDown && !vacant)) {
      return OptionalLong.empty();
    }
    counter = Math.max(counter, taking.atLeast) + 1;
    counterVersion++;
    seat.fenceVersion++;
    seat.next = Optional.empty();
    if (taking.sitsDown) {
      seat.leader = Optional.of(who);
      seat.leaderSession = session;
    }
    changed();
    return OptionalLong.of(counter);
  }

  /** What {@code take} is given. */
  record Taking(Marks marks, boolean sitsDown, boolean replaces, long atLeast) {}

  /** The transaction of {@code CuratorSeats.leave}. */
  boolean leave(Hemisphere half, int fenceVersion, Optional<NodeId> next) {
    Half seat = of(half);
    if (seat.fenceVersion != fenceVersion || seat.leaderSession == 0) {
      return false;
    }
    vacate(seat);
    seat.next = next;
    changed();
    return true;
  }

  /** A record written under a fence. */
  boolean write(Hemisphere half, int fenceVersion, long fence) {
    if (of(half).fenceVersion != fenceVersion) {
      return false;
    }
    written.computeIfAbsent(half, key -> new ArrayList<>()).add(fence);
    return true;
  }

  private Half of(Hemisphere half) {
    return halves.computeIfAbsent(half, key -> new Half());
  }

  private void tick() {
    if (!down) {
      long oldest = world.nanos() - SESSION.toNanos();
      for (long session : List.copyOf(heard.keySet())) {
        if (heard.getOrDefault(session, 0L) < oldest) {
          heard.remove(session);
          halves.values().forEach(half -> expire(half, session));
        }
      }
    }
    world.after(TICK, this::tick);
  }

  private void expire(Half half, long session) {
    if (half.candidates.values().removeIf(candidate -> candidate.session == session)) {
      changed();
    }
    if (half.leaderSession == session) {
      vacate(half);
      changed();
    }
  }

  private static void vacate(Half half) {
    half.leaderSession = 0;
    half.leader = Optional.empty();
  }

  private void changed() {
    watchers.forEach(Runnable::run);
  }
}
