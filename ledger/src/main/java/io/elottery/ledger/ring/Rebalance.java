package io.elottery.ledger.ring;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Divides the shards anew after workers came or went, with the fewest moves:
 *
 * <ol>
 *   <li>copies of workers that are gone go elsewhere;
 *   <li>groups grow to, or shrink from, the size the number of workers allows;
 *   <li>while one worker holds at least two copies more than another could, one is moved;
 *   <li>while one is to write at least two shards more than another, over as many between them as
 *       it takes, the writing is handed on.
 * </ol>
 *
 * <p>Every new copy stands where fewest of its shard's copies stand: data centre, then zone, then
 * worker; no move makes that worse. Pure; the same input always gives the same moves.
 */
public final class Rebalance {
  private static final BiFunction<NodeId, Integer, Integer> PLUS = (node, count) -> count + 1;

  private final Map<NodeId, Location> workers;
  private final int copies;
  private final Map<ShardId, List<NodeId>> held = new TreeMap<>();
  private final Map<NodeId, Integer> load = new TreeMap<>();
  private final List<Move> moves = new ArrayList<>();

  private Rebalance(Ring ring, Map<NodeId, Location> workers, int copies) {
    this.workers = new TreeMap<>(workers);
    this.copies = workers.size() >= copies ? copies : workers.size() >= 3 ? 3 : 1;
    ring.placements().forEach(it -> held.put(it.shard(), new ArrayList<>(it.nodes())));
    this.workers.keySet().forEach(worker -> load.put(worker, 0));
    held.values().forEach(nodes -> nodes.forEach(node -> load.computeIfPresent(node, PLUS)));
  }

  /**
   * The moves, in an order in which they can be made.
   *
   * @param ring who is to hold what now
   * @param workers who may hold copies, and where each stands
   * @param copies at most so many for each shard; with fewer workers the largest of 5, 3, 1
   */
  public static List<Move> moves(Ring ring, Map<NodeId, Location> workers, int copies) {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("no worker to place shards on");
    }
    Rebalance anew = new Rebalance(ring, workers, copies);
    anew.held.keySet().forEach(anew::resize);
    anew.held.keySet().forEach(anew::evacuate);
    anew.level();
    anew.levelWriters();
    return List.copyOf(anew.moves);
  }

  /** Where a copy of the shard should go instead of the worker's; empty when nobody is left. */
  public static Optional<NodeId> instead(
      Ring ring, Map<NodeId, Location> workers, ShardId shard, NodeId gone) {
    Rebalance anew = new Rebalance(ring, workers, ring.placement(shard).members().size());
    List<NodeId> stay = new ArrayList<>(anew.nodes(shard));
    stay.remove(gone);
    return anew.best(stay, List.of(gone));
  }

  private void resize(ShardId shard) {
    List<NodeId> nodes = nodes(shard);
    while (nodes.size() < copies) {
      Optional<NodeId> one = best(nodes, List.of());
      List<NodeId> with = new ArrayList<>(nodes);
      one.ifPresent(with::add);
      Optional<NodeId> other = one.isPresent() ? best(with, List.of()) : Optional.empty();
      if (other.isEmpty()) {
        return;
      }
      move(shard, List.of(), List.of(one.get(), other.get()));
    }
    while (nodes.size() > copies) {
      List<NodeId> left = new ArrayList<>(nodes);
      NodeId one = worst(left);
      left.remove(one);
      move(shard, List.of(one, worst(left)), List.of());
    }
  }

  private void evacuate(ShardId shard) {
    List<NodeId> nodes = nodes(shard);
    for (NodeId gone : nodes.stream().filter(node -> !workers.containsKey(node)).toList()) {
      List<NodeId> stay = new ArrayList<>(nodes);
      stay.remove(gone);
      best(stay, List.of()).ifPresent(by -> move(shard, List.of(gone), List.of(by)));
    }
  }

  private void level() {
    for (Optional<Move> next = leveller(); next.isPresent(); next = leveller()) {
      move(next.get().shard(), next.get().out(), next.get().in());
    }
  }

  // From who holds most to who holds least, over all shards where that does not crowd a place.
  private Optional<Move> leveller() {
    List<NodeId> fullest = new ArrayList<>(load.keySet());
    fullest.sort(Comparator.<NodeId, Integer>comparing(load::get).reversed());
    List<NodeId> emptiest = new ArrayList<>(load.keySet());
    emptiest.sort(Comparator.comparing(load::get));
    for (NodeId from : fullest) {
      for (NodeId to : emptiest) {
        if (count(from) - count(to) < 2) {
          break;
        }
        Optional<Move> move =
            held.keySet().stream()
                .filter(shard -> canMove(shard, from, to))
                .min(Comparator.comparing(shard -> isFirst(shard, from)))
                .map(shard -> new Move(shard, List.of(from), List.of(to)));
        if (move.isPresent()) {
          return move;
        }
      }
    }
    return Optional.empty();
  }

  private boolean canMove(ShardId shard, NodeId from, NodeId to) {
    List<NodeId> stay = new ArrayList<>(nodes(shard));
    return !stay.contains(to) && stay.remove(from) && !crowds(stay, from, to);
  }

  // The copy of who writes moves last: it would have to hand over first.
  private boolean isFirst(ShardId shard, NodeId worker) {
    return nodes(shard).get(0).equals(worker);
  }

  private void levelWriters() {
    for (List<Move> chain = writers(); !chain.isEmpty(); chain = writers()) {
      for (Move move : chain) {
        List<NodeId> nodes = nodes(move.shard());
        nodes.removeAll(move.in());
        nodes.add(0, move.in().get(0));
        moves.add(move);
      }
    }
  }

  // The shortest way from one who is to write too much to one who is to write two less: each hands
  // a shard to the next, which holds a copy of it.
  private List<Move> writers() {
    Map<NodeId, Integer> written = new TreeMap<>();
    workers.keySet().forEach(worker -> written.put(worker, 0));
    held.values().forEach(nodes -> written.computeIfPresent(nodes.get(0), PLUS));
    List<NodeId> fullest = new ArrayList<>(written.keySet());
    fullest.sort(Comparator.<NodeId, Integer>comparing(written::get).reversed());
    for (NodeId from : fullest) {
      Map<NodeId, Move> way = new TreeMap<>(); // by who comes to write
      Deque<NodeId> next = new ArrayDeque<>(List.of(from));
      NodeId best = from;
      while (!next.isEmpty()) {
        NodeId at = next.remove();
        best = count(written, at) < count(written, best) ? at : best; // The nearest of equals.
        held.forEach(
            (shard, nodes) -> {
              for (NodeId to : nodes.get(0).equals(at) ? nodes : List.<NodeId>of()) {
                if (workers.containsKey(to) && !to.equals(from) && !way.containsKey(to)) {
                  way.put(to, Move.writer(shard, at, to));
                  next.add(to);
                }
              }
            });
      }
      if (count(written, from) - count(written, best) >= 2) {
        return chain(way, from, best);
      }
    }
    return List.of();
  }

  private static List<Move> chain(Map<NodeId, Move> way, NodeId from, NodeId to) {
    List<Move> chain = new ArrayList<>();
    NodeId at = to;
    for (Move move = way.get(at); move != null && !at.equals(from); move = way.get(at)) {
      chain.add(move);
      at = move.out().get(0);
    }
    return chain;
  }

  private static int count(Map<NodeId, Integer> counts, NodeId worker) {
    return counts.getOrDefault(worker, 0);
  }

  private boolean crowds(List<NodeId> stay, NodeId from, NodeId to) {
    int centres = inCentre(stay, to) - inCentre(stay, from);
    return centres > 0 || (centres == 0 && inZone(stay, to) > inZone(stay, from));
  }

  private Optional<NodeId> best(List<NodeId> stay, List<NodeId> never) {
    return workers.keySet().stream()
        .filter(worker -> !stay.contains(worker) && !never.contains(worker))
        .min(
            Comparator.<NodeId, Integer>comparing(worker -> inCentre(stay, worker))
                .thenComparing(worker -> inZone(stay, worker))
                .thenComparing(this::count)
                .thenComparing(worker -> worker));
  }

  // Gone first, then where most of the others stand, then who holds most; the writer last.
  private NodeId worst(List<NodeId> nodes) {
    List<NodeId> order = new ArrayList<>(nodes.size() > 1 ? nodes.subList(1, nodes.size()) : nodes);
    if (!workers.containsKey(nodes.get(0))) {
      return nodes.get(0);
    }
    return order.stream()
        .max(
            Comparator.<NodeId, Boolean>comparing(node -> !workers.containsKey(node))
                .thenComparing(node -> inCentre(nodes, node))
                .thenComparing(node -> inZone(nodes, node))
                .thenComparing(this::count)
                .thenComparing(node -> node))
        .orElseThrow();
  }

  private void move(ShardId shard, List<NodeId> out, List<NodeId> in) {
    List<NodeId> nodes = nodes(shard);
    if (out.size() == 1 && in.size() == 1) {
      nodes.set(nodes.indexOf(out.get(0)), in.get(0));
    } else {
      nodes.removeAll(out);
      nodes.addAll(in);
    }
    out.forEach(node -> load.computeIfPresent(node, (same, count) -> count - 1));
    in.forEach(node -> load.computeIfPresent(node, PLUS));
    moves.add(new Move(shard, out, in));
  }

  private List<NodeId> nodes(ShardId shard) {
    return held.getOrDefault(shard, List.of());
  }

  private int count(NodeId worker) {
    return load.getOrDefault(worker, 0);
  }

  private int inCentre(List<NodeId> nodes, NodeId worker) {
    String centre = place(worker).datacentre();
    return (int) nodes.stream().filter(it -> place(it).datacentre().equals(centre)).count();
  }

  private int inZone(List<NodeId> nodes, NodeId worker) {
    return (int) nodes.stream().filter(it -> place(it).equals(place(worker))).count();
  }

  private Location place(NodeId worker) {
    return workers.getOrDefault(worker, Location.UNKNOWN);
  }
}
