package io.elottery.controller.network;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a change of the division brings about, before it is made. Pure.
 *
 * @param changes what becomes different, in sentences
 * @param notes what is worth knowing and breaks nothing
 * @param breaks promises that no longer hold: they need a reason
 */
public record PlanEffect(List<String> changes, List<String> notes, List<String> breaks) {
  /** How many should observe each server. */
  static final int OBSERVERS = 3;

  private static final int NAMED = 12; // Of a long list, so many are named.

  /** Copies. */
  public PlanEffect {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
    breaks = List.copyOf(breaks);
  }

  /**
   * Looks at both.
   *
   * @param ring who holds copies of what; empty when nothing is placed
   */
  public static PlanEffect of(NetworkPlan before, NetworkPlan after, Optional<Ring> ring) {
    PlanChange change = PlanChange.between(before, after);
    List<String> changes = new ArrayList<>();
    SortedSet<NodeId> leaving = new TreeSet<>(before.workers().keySet());
    leaving.removeAll(after.workers().keySet());
    if (!leaving.isEmpty()) {
      changes.add("No server of the network any more: " + named(leaving) + ".");
    }
    SortedSet<NodeId> joining = new TreeSet<>(after.workers().keySet());
    joining.removeAll(before.workers().keySet());
    if (!joining.isEmpty()) {
      changes.add("New servers of the network: " + placed(after, joining) + ".");
    }
    change.halves().forEach((worker, half) -> changes.add(worker + " goes to " + half + "."));
    if (!change.linked().isEmpty()) {
      changes.add("Neighbours from now on, with a fresh key: " + named(change.linked()) + ".");
    }
    if (!change.unlinked().isEmpty()) {
      changes.add(
          "Strangers from now on, links closed and keys destroyed: "
              + named(change.unlinked())
              + ".");
    }
    List<String> breaks = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    observers(before, after, notes, breaks);
    halves(before, after, breaks);
    if (isOne(before) && !isOne(after)) {
      breaks.add(
          "The workers fall into parts that no neighbours join: a report cannot be passed on from"
              + " one to the other.");
    }
    ring.ifPresent(placed -> copies(before, after, placed, breaks));
    return new PlanEffect(changes, notes, breaks);
  }

  /** All of it for a person. */
  public String words() {
    List<String> all = new ArrayList<>(changes);
    all.addAll(notes);
    breaks.forEach(one -> all.add("BREAKS A PROMISE: " + one));
    return all.isEmpty() ? "Nothing changes." : String.join(" ", all);
  }

  private static void observers(
      NetworkPlan before, NetworkPlan after, List<String> notes, List<String> breaks) {
    SortedSet<NodeId> alone = new TreeSet<>();
    SortedSet<NodeId> few = new TreeSet<>();
    after
        .workers()
        .forEach(
            (id, place) -> {
              int now = place.neighbours().size();
              int was = watchers(before, id);
              if (now == 0 && was > 0) {
                alone.add(id);
              } else if (now < OBSERVERS && now < was) {
                few.add(id);
              }
            });
    if (!alone.isEmpty()) {
      breaks.add("Watched by no neighbour any more, by main alone: " + named(alone) + ".");
    }
    if (!few.isEmpty()) {
      notes.add("Watched by fewer than " + OBSERVERS + " neighbours: " + named(few) + ".");
    }
  }

  private static void halves(NetworkPlan before, NetworkPlan after, List<String> breaks) {
    for (Hemisphere half : Hemisphere.values()) {
      if (!members(before, half).isEmpty() && members(after, half).isEmpty()) {
        breaks.add(half + " has no worker any more: one half of main supervises everything.");
      }
    }
  }

  // A shard whose copies one half alone supervises loses its supervision with that half; one whose
  // majority nobody but main watches loses its copies unnoticed while main is away.
  private static void copies(
      NetworkPlan before, NetworkPlan after, Ring ring, List<String> breaks) {
    SortedSet<String> unwatched = new TreeSet<>();
    SortedSet<String> oneHalf = new TreeSet<>();
    for (Placement placement : ring.placements()) {
      List<NodeId> nodes = placement.nodes();
      int majority = nodes.size() / 2 + 1;
      if (watched(after, nodes) < majority && watched(before, nodes) >= majority) {
        unwatched.add(placement.shard().toString());
      }
      if (nodes.size() > 1 && halvesOf(after, nodes) == 1 && halvesOf(before, nodes) > 1) {
        oneHalf.add(placement.shard().toString());
      }
    }
    if (!unwatched.isEmpty()) {
      breaks.add(
          "Draws that may lose their copies unnoticed while main is away, no neighbour watching most"
              + " of their servers: those of "
              + named(unwatched)
              + ".");
    }
    if (!oneHalf.isEmpty()) {
      breaks.add("Draws all of whose copies one half supervises: those of " + named(oneHalf) + ".");
    }
  }

  private static long watched(NetworkPlan plan, List<NodeId> nodes) {
    return nodes.stream().filter(id -> watchers(plan, id) > 0).count();
  }

  private static long halvesOf(NetworkPlan plan, List<NodeId> nodes) {
    return nodes.stream()
        .map(plan.workers()::get)
        .filter(java.util.Objects::nonNull)
        .map(NetworkPlan.Place::hemisphere)
        .distinct()
        .count();
  }

  private static int watchers(NetworkPlan plan, NodeId id) {
    NetworkPlan.Place place = plan.workers().get(id);
    return place == null ? 0 : place.neighbours().size();
  }

  private static SortedSet<NodeId> members(NetworkPlan plan, Hemisphere half) {
    SortedSet<NodeId> members = new TreeSet<>();
    plan.workers()
        .forEach(
            (id, place) -> {
              if (place.hemisphere() == half) {
                members.add(id);
              }
            });
    return members;
  }

  /** Whether neighbours join all workers. */
  static boolean isOne(NetworkPlan plan) {
    return plan.workers().isEmpty() || reached(plan).size() == plan.workers().size();
  }

  /** Whom the first worker reaches over neighbours, itself too. */
  static SortedSet<NodeId> reached(NetworkPlan plan) {
    SortedSet<NodeId> reached = new TreeSet<>();
    Deque<NodeId> next = new ArrayDeque<>();
    next.add(plan.names().get(0));
    while (!next.isEmpty()) {
      NodeId id = next.remove();
      NetworkPlan.Place place = plan.workers().get(id);
      if (place != null && reached.add(id)) {
        next.addAll(place.neighbours());
      }
    }
    return reached;
  }

  private static String placed(NetworkPlan plan, Collection<NodeId> workers) {
    List<String> names = new ArrayList<>();
    for (NodeId id : workers) {
      NetworkPlan.Place place = plan.workers().get(id);
      String where = place == null ? "" : place.location().toString();
      names.add(
          id
              + " ("
              + (place == null ? "" : place.hemisphere())
              + (where.isEmpty() ? "" : ", " + where)
              + ")");
    }
    return named(names);
  }

  private static String named(Collection<?> things) {
    List<String> names = things.stream().limit(NAMED).map(Object::toString).toList();
    String rest = things.size() > NAMED ? "; and " + (things.size() - NAMED) + " more" : "";
    return String.join("; ", names) + rest;
  }
}
