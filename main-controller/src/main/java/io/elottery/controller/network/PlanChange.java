package io.elottery.controller.network;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to be different in the division of the servers: halves and neighbours, as one step.
 *
 * @param halves worker to the half it is to belong to
 * @param linked pairs that become neighbours
 * @param unlinked pairs that become strangers
 */
record PlanChange(
    SortedMap<NodeId, Hemisphere> halves, SortedSet<Pair> linked, SortedSet<Pair> unlinked) {
  /** Copies. */
  PlanChange {
    halves = Collections.unmodifiableSortedMap(new TreeMap<>(halves));
    linked = Collections.unmodifiableSortedSet(new TreeSet<>(linked));
    unlinked = Collections.unmodifiableSortedSet(new TreeSet<>(unlinked));
  }

  /** What leads from one division to the other; both are of the same workers. */
  static PlanChange between(NetworkPlan from, NetworkPlan to) {
    SortedMap<NodeId, Hemisphere> halves = new TreeMap<>();
    to.workers()
        .forEach(
            (id, place) -> {
              NetworkPlan.Place before = from.workers().get(id);
              if (before != null && before.hemisphere() != place.hemisphere()) {
                halves.put(id, place.hemisphere());
              }
            });
    SortedSet<Pair> before = pairs(from);
    SortedSet<Pair> after = pairs(to);
    SortedSet<Pair> linked = new TreeSet<>(after);
    linked.removeAll(before);
    SortedSet<Pair> unlinked = new TreeSet<>(before);
    unlinked.removeAll(after);
    return new PlanChange(halves, linked, unlinked);
  }

  /** Whether it changes nothing. */
  boolean isEmpty() {
    return halves.isEmpty() && linked.isEmpty() && unlinked.isEmpty();
  }

  /** Upon these edits; what is as wanted already stays untouched. */
  PlanEdits upon(PlanEdits edits) {
    PlanEdits next = edits;
    for (NodeId worker : halves.keySet()) {
      next = next.assign(worker, halves.getOrDefault(worker, Hemisphere.LEFT));
    }
    for (Pair pair : linked) {
      next = next.link(pair);
    }
    for (Pair pair : unlinked) {
      next = next.unlink(pair);
    }
    return next;
  }

  /** The commands that a person would type for it. */
  List<String> commands() {
    List<String> lines = new ArrayList<>();
    halves.forEach(
        (worker, half) ->
            lines.add(
                "elottery servers assign " + worker + " " + half.name().toLowerCase(Locale.ROOT)));
    linked.forEach(pair -> lines.add("elottery servers link " + pair.low() + " " + pair.high()));
    unlinked.forEach(
        pair -> lines.add("elottery servers unlink " + pair.low() + " " + pair.high()));
    return lines;
  }

  /** All neighbours of a plan. */
  static SortedSet<Pair> pairs(NetworkPlan plan) {
    SortedSet<Pair> pairs = new TreeSet<>();
    plan.workers()
        .forEach((id, place) -> place.neighbours().forEach(other -> pairs.add(Pair.of(id, other))));
    return pairs;
  }
}
