package io.elottery.controller.placement;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Move;
import io.elottery.ledger.ring.PlacementRecord;
import io.elottery.ledger.ring.Rebalance;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A division of all shards anew. That it was asked for is recorded, with the workers that are to
 * hold none; the moves are worked out again each time from who is to hold what then. On main's
 * loop.
 */
final class Balancing {
  private static final Logger log = LoggerFactory.getLogger(Balancing.class);
  private static final String PATH = "balance";
  private static final Duration COUNTS_FOR = Duration.ofMinutes(2);

  /** What its records say. */
  static final String WHY = "the shards are divided anew";

  private final MembersPorts ports;
  private final int copies;
  private Optional<Set<NodeId>> without = Optional.empty();
  private final Map<NodeId, Long> served = new TreeMap<>(); // when last, in nanoseconds
  private int begun; // by this main, since it was asked for or took over
  private long sinceNanos;

  Balancing(MembersPorts ports, int copies) {
    this.ports = ports;
    this.copies = copies;
  }

  /** Reads whether one was asked for. */
  void recall() {
    ports
        .records()
        .read(PATH)
        .whenComplete(
            (found, problem) -> {
              if (problem != null) {
                log.warn("whether shards are to be divided was not read: {}", problem.toString());
              } else {
                without = found.map(Balancing::names);
                counted();
              }
            });
  }

  void forget() {
    without = Optional.empty();
  }

  /** Why it is not begun, or nothing. */
  Optional<String> begin(Set<NodeId> those) {
    Optional<Long> fence = ports.halves().fence(Hemisphere.LEFT);
    if (fence.isEmpty()) {
      return Optional.of("this main acts no longer for LEFT");
    }
    if (able(those).isEmpty()) {
      return Optional.of("no worker is left to hold anything");
    }
    without = Optional.of(Set.copyOf(those));
    counted();
    String names = String.join(",", new TreeSet<>(those).stream().map(NodeId::name).toList());
    record(names.getBytes(StandardCharsets.UTF_8), fence.get());
    return Optional.empty();
  }

  /** What it would take. */
  List<Move> moves(Set<NodeId> those) {
    Optional<Ring> ring = ports.book().wanted();
    Map<NodeId, Location> able = able(those);
    return ring.isEmpty() || able.isEmpty() ? List.of() : Rebalance.moves(ring.get(), able, copies);
  }

  /** What is still to be begun; empty when it was not asked for or is done. */
  Optional<List<Move>> left() {
    return without.map(this::moves);
  }

  private void counted() {
    begun = 0;
    sinceNanos = ports.loop().time().nanos();
  }

  /** Moves that were begun. */
  int begun() {
    return begun;
  }

  /** How long the rest takes if it goes on as so far; empty while nobody can tell. */
  Optional<Duration> estimate(int underWay, int left) {
    int done = begun - underWay;
    if (done < 1) {
      return Optional.empty();
    }
    Duration each = Duration.ofNanos(ports.loop().time().nanos() - sinceNanos).dividedBy(done);
    return Optional.of(each.multipliedBy((long) underWay + left));
  }

  /** The next move of a shard that is free: copies first, since they decide who may write. */
  Optional<Move> next(Predicate<ShardId> isFree) {
    if (without.isEmpty()) {
      return Optional.empty();
    }
    boolean resting = ports.book().all().stream().allMatch(PlacementRecord::rests);
    List<Move> left = moves(without.get());
    if (left.isEmpty() && resting) {
      without = Optional.empty();
      ports.halves().fence(Hemisphere.LEFT).ifPresent(this::unrecord);
    }
    boolean copies = left.stream().anyMatch(Move::isOfCopies);
    return left.stream()
        .filter(move -> move.isOfCopies() == copies && isFree.test(move.shard()))
        .filter(move -> move.in().stream().allMatch(ports.serves()))
        .findFirst();
  }

  /** One was begun. */
  void made() {
    begun++;
  }

  /** The record of a move that is begun. */
  PlacementRecord record(PlacementRecord is, Move move, Instant now) {
    if (move.out().isEmpty()) {
      return is.grow(move.in().get(0), move.in().get(1), WHY, now);
    }
    return move.in().isEmpty()
        ? is.shrink(move.out().get(0), move.out().get(1), WHY, now)
        : is.exchange(move.out().get(0), move.in().get(0), WHY, now);
  }

  private Map<NodeId, Location> able(Set<NodeId> those) {
    Map<NodeId, Location> able = new TreeMap<>(ports.workers().get());
    able.keySet().removeAll(those);
    // A worker that is away keeps what it holds, but gets nothing: that is for REPLACE to judge.
    Set<NodeId> holders = new TreeSet<>();
    ports.book().all().forEach(it -> it.members().forEach(member -> holders.add(member.node())));
    // One that is suspected for a moment still counts: otherwise copies would go elsewhere, and
    // one more back to it a moment later.
    long now = ports.loop().time().nanos();
    able.keySet().stream().filter(ports.serves()).forEach(worker -> served.put(worker, now));
    served.values().removeIf(last -> now - last > COUNTS_FOR.toNanos());
    able.keySet().removeIf(worker -> !served.containsKey(worker) && !holders.contains(worker));
    return able;
  }

  private void record(byte[] value, long fence) {
    ports
        .records()
        .write(PATH, value, fence)
        .whenComplete((done, problem) -> warn(problem == null ? "" : problem.toString()));
  }

  private void unrecord(long fence) {
    ports
        .records()
        .remove(PATH, fence)
        .whenComplete((done, problem) -> warn(problem == null ? "" : problem.toString()));
  }

  private static void warn(String problem) {
    if (!problem.isEmpty()) {
      log.warn("the wish to divide shards was not recorded: {}", problem);
    }
  }

  private static Set<NodeId> names(byte[] value) {
    Set<NodeId> names = new TreeSet<>();
    for (String name : new String(value, StandardCharsets.UTF_8).split(",", -1)) {
      if (!name.isBlank()) {
        names.add(NodeId.of(name));
      }
    }
    return names;
  }
}
