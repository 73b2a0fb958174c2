package io.elottery.worker.sharing;

import io.elottery.foundation.id.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which shard a worker hands to whom: at most one for each look.
 *
 * <ul>
 *   <li>Overloaded for long enough: a shard goes to the neighbour with the least load that holds a
 *       copy, rests not and has clearly more room. No such neighbour: nothing; main guides.
 *   <li>Calm: a shard whose preferred writer was away, or is another one since, goes to it soon
 *       after that has caught up; one that was handed on because its preferred writer, a neighbour,
 *       was overloaded, when that has been calm for long.
 *   <li>Never more than so many in a minute.
 * </ul>
 *
 * <p>Pure: time is passed in. One loop.
 */
public final class Sharing {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  // What a neighbour may carry at most to get a shard; and how much more room it must have.
  private static final double ROOM = 0.7;
  private static final int CLEARLY = 150;
  private static final double CALM = 0.6;
  // A shard just handed over shows in the other's load only after a while.
  private static final int PENDING = 150;
  private static final Duration PENDING_FOR = Duration.ofSeconds(3);

  private final SharingConfig config;
  private final Deque<Long> moves = new ArrayDeque<>(); // when, in nanoseconds
  private final Map<NodeId, Long> movedTo = new HashMap<>();
  private final Map<NodeId, Long> calmSince = new HashMap<>();
  private final Map<Integer, Long> writtenSince = new HashMap<>();
  private final Map<Integer, Long> readySince = new HashMap<>();
  private final Set<Integer> wasAway = new HashSet<>(); // whose preferred writer was not ready
  private final Map<Integer, NodeId> preferred = new HashMap<>();
  private Optional<Long> overloadedSince = Optional.empty();

  /**
   * A shard this worker writes.
   *
   * @param holders the others that hold copies, the preferred writer first unless it is this worker
   * @param preferred who should write it when all is well
   * @param ready whether that one could take it now: it answers and has nearly all entries
   */
  public record Written(int shard, List<NodeId> holders, NodeId preferred, boolean ready) {
    /** Copies. */
    public Written {
      holders = List.copyOf(holders);
    }
  }

  /**
   * A neighbour that is heard.
   *
   * @param load permille, as its impulses say
   * @param rests whether it takes no writing
   */
  public record Neighbour(NodeId id, int load, boolean rests) {}

  /** Hand the shard to that server. */
  public record Move(int shard, NodeId to, String because) {}

  /** With nothing moved yet. */
  public Sharing(SharingConfig config) {
    this.config = config;
  }

  /** Whether this worker has been overloaded for long enough. */
  public boolean isOverloaded(long now) {
    return overloadedSince.filter(since -> now - since >= config.lasts().toNanos()).isPresent();
  }

  /**
   * Looks anew, a few times a second.
   *
   * @param now monotonic, nanoseconds
   * @param load this worker's, permille
   */
  public Optional<Move> look(
      long now, NodeId self, int load, List<Written> written, List<Neighbour> neighbours) {
    boolean over = load >= config.limit();
    overloadedSince = over ? Optional.of(overloadedSince.orElse(now)) : Optional.empty();
    for (Neighbour one : neighbours) {
      if (one.load() < CALM * config.limit()) {
        calmSince.putIfAbsent(one.id(), now);
      } else {
        calmSince.remove(one.id());
      }
    }
    calmSince.keySet().retainAll(neighbours.stream().map(Neighbour::id).toList());
    writtenSince.keySet().retainAll(written.stream().map(Written::shard).toList());
    wasAway.retainAll(writtenSince.keySet());
    preferred.keySet().retainAll(writtenSince.keySet());
    for (Written one : written) {
      writtenSince.putIfAbsent(one.shard(), now);
      NodeId before = preferred.put(one.shard(), one.preferred());
      if (before != null && !before.equals(one.preferred())) {
        wasAway.add(one.shard()); // Another is to write from now on: it gets it like one restored.
      }
      if (one.ready()) {
        readySince.putIfAbsent(one.shard(), now);
      } else {
        readySince.remove(one.shard());
        wasAway.add(one.shard());
      }
    }
    readySince.keySet().retainAll(writtenSince.keySet());
    while (!moves.isEmpty() && now - moves.peekFirst() >= MINUTE) {
      moves.removeFirst();
    }
    if (moves.size() >= config.movesPerMinute()) {
      return Optional.empty();
    }
    Optional<Move> move =
        isOverloaded(now)
            ? relief(now, load, written, neighbours)
            : over
                ? Optional.empty()
                : restored(now, self, written, neighbours).or(() -> homecoming(now, self, written));
    move.ifPresent(
        it -> {
          moves.addLast(now);
          movedTo.put(it.to(), now);
        });
    return move;
  }

  private Optional<Move> relief(
      long now, int load, List<Written> written, List<Neighbour> neighbours) {
    record Way(Written shard, NodeId to, int load) {}
    List<Way> ways = new ArrayList<>();
    for (Written shard : written) {
      for (Neighbour one : neighbours) {
        int its = one.load() + pending(one.id(), now);
        boolean room = its < ROOM * config.limit() && its + CLEARLY <= load;
        if (shard.holders().contains(one.id()) && !one.rests() && room) {
          ways.add(new Way(shard, one.id(), its));
        }
      }
    }
    return ways.stream()
        .min(
            Comparator.comparingInt(Way::load)
                .thenComparing(way -> way.to())
                .thenComparing(way -> way.shard().shard()))
        .map(
            way ->
                new Move(
                    way.shard().shard(),
                    way.to(),
                    "load " + load + " ‰ here, " + way.load() + " ‰ there"));
  }

  private Optional<Move> restored(
      long now, NodeId self, List<Written> written, List<Neighbour> neighbours) {
    long least = config.restoredAfter().toNanos();
    if (least == 0) {
      return Optional.empty();
    }
    return written.stream()
        .filter(shard -> !shard.preferred().equals(self) && shard.ready())
        .filter(shard -> wasAway.contains(shard.shard()))
        .filter(shard -> now - readySince.getOrDefault(shard.shard(), now) >= least)
        .filter(shard -> pending(shard.preferred(), now) == 0)
        .filter(shard -> mayWrite(shard.preferred(), neighbours))
        .findFirst()
        .map(
            shard ->
                new Move(
                    shard.shard(),
                    shard.preferred(),
                    "it is the preferred writer and has caught up"));
  }

  // Of one that is no neighbour nothing is known but that it keeps up.
  private boolean mayWrite(NodeId preferred, List<Neighbour> neighbours) {
    return neighbours.stream()
        .filter(one -> one.id().equals(preferred))
        .allMatch(one -> !one.rests() && one.load() < CALM * config.limit());
  }

  private Optional<Move> homecoming(long now, NodeId self, List<Written> written) {
    long least = config.returnAfter().toNanos();
    if (least == 0) {
      return Optional.empty();
    }
    return written.stream()
        .filter(shard -> !shard.preferred().equals(self))
        .filter(shard -> now - writtenSince.getOrDefault(shard.shard(), now) >= least)
        .filter(shard -> now - calmSince.getOrDefault(shard.preferred(), now) >= least)
        .filter(shard -> pending(shard.preferred(), now) == 0)
        .findFirst()
        .map(
            shard ->
                new Move(
                    shard.shard(),
                    shard.preferred(),
                    "it is the preferred writer and has been calm for "
                        + config.returnAfter().toSeconds()
                        + " s"));
  }

  private int pending(NodeId to, long now) {
    Long at = movedTo.get(to);
    return at != null && now - at < PENDING_FOR.toNanos() ? PENDING : 0;
  }
}
