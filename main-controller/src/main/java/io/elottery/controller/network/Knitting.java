package io.elottery.controller.network;

import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds neighbours for all servers at once: each so many, spread over data centres and zones, all
 * joined; those of today where they are as good. Whoever has fewest chooses next, who is crowded
 * least; then links swap ends where that spreads better; then parts are joined. Deterministic.
 * Servers are numbers here, in the order of their names, so that a thousand take milliseconds.
 */
final class Knitting {
  private static final int TRIES_MAX = 50_000;

  private final NetworkPlan today;
  private final List<NodeId> names;
  private final int degree;
  private final long seed;
  private final int[] zone;
  private final int[] centre;
  private final BitSet[] known; // Whom each has as neighbours.
  private final BitSet[] before; // Whom each has today.
  private final int[] sizes;

  private Knitting(NetworkPlan today, int degree, long seed) {
    this.today = today;
    this.names = today.names();
    this.degree = Math.min(degree, Math.max(0, names.size() - 1));
    this.seed = seed;
    zone = new int[names.size()];
    centre = new int[names.size()];
    known = new BitSet[names.size()];
    before = new BitSet[names.size()];
    sizes = new int[names.size()];
    number();
  }

  /** The neighbours of each. */
  static Map<NodeId, SortedSet<NodeId>> of(NetworkPlan today, int degree, long seed) {
    Knitting knitting = new Knitting(today, degree, seed);
    if (knitting.degree > 0) {
      knitting.choose();
      knitting.exchange();
      knitting.connect();
    }
    return knitting.named();
  }

  private void number() {
    Map<String, Integer> zones = new TreeMap<>();
    Map<String, Integer> centres = new TreeMap<>();
    Map<NodeId, Integer> numbers = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
    int next = 0;
    for (NetworkPlan.Place place : today.workers().values()) {
      int i = next++;
      zone[i] = zones.computeIfAbsent(place.location().toString(), none -> zones.size());
      centre[i] = centres.computeIfAbsent(place.location().datacentre(), none -> centres.size());
      known[i] = new BitSet();
      before[i] = new BitSet();
      place.neighbours().forEach(other -> before[i].set(numbers.getOrDefault(other, i)));
    }
  }

  private Map<NodeId, SortedSet<NodeId>> named() {
    Map<NodeId, SortedSet<NodeId>> all = new TreeMap<>();
    for (int i = 0; i < known.length; i++) {
      SortedSet<NodeId> others = new TreeSet<>();
      known[i].stream().mapToObj(names::get).forEach(others::add);
      all.put(names.get(i), others);
    }
    return all;
  }

  private void choose() {
    for (int poorest = fewest(null); size(poorest) < degree; poorest = fewest(null)) {
      int[] zones = counted(poorest, zone);
      int[] centres = counted(poorest, centre);
      int best = -1;
      for (int other = 0; other < known.length; other++) {
        if (other != poorest
            && !known[poorest].get(other)
            && (best < 0 || isBetter(poorest, other, best, zones, centres))) {
          best = other;
        }
      }
      join(poorest, best);
    }
  }

  private boolean isBetter(int of, int one, int other, int[] zones, int[] centres) {
    int by = Boolean.compare(size(one) >= degree, size(other) >= degree);
    by = by != 0 ? by : Integer.compare(zones[zone[one]], zones[zone[other]]);
    by = by != 0 ? by : Integer.compare(centres[centre[one]], centres[centre[other]]);
    by = by != 0 ? by : Boolean.compare(before[of].get(other), before[of].get(one));
    by = by != 0 ? by : Integer.compare(size(one), size(other));
    return by != 0 ? by < 0 : mix(of, one) < mix(of, other);
  }

  // How many of it and its neighbours stand where.
  private int[] counted(int of, int[] where) {
    int[] counts = new int[known.length];
    counts[where[of]]++;
    known[of].stream().forEach(other -> counts[where[other]]++);
    return counts;
  }

  // How many of a server's neighbours stand where that one does; the server itself counts.
  private int sharing(int of, int one, int[] where) {
    int sharing = where[of] == where[one] ? 1 : 0;
    for (int each = known[of].nextSetBit(0); each >= 0; each = known[of].nextSetBit(each + 1)) {
      sharing += each != one && where[each] == where[one] ? 1 : 0;
    }
    return sharing;
  }

  // Whoever chose last had to take who was left.
  private void exchange() {
    int tries = 0;
    for (boolean better = true; better && tries < TRIES_MAX; ) {
      better = false;
      List<int[]> links = links();
      for (int i = 0; i < links.size() && tries < TRIES_MAX; i++) {
        for (int j = i + 1; j < links.size() && tries < TRIES_MAX; j++, tries++) {
          better |= swapped(links.get(i), links.get(j)) || crossed(links.get(i), links.get(j));
        }
      }
    }
  }

  private boolean crossed(int[] one, int[] other) {
    int[] turned = {other[1], other[0]};
    if (!swapped(one, turned)) {
      return false;
    }
    other[0] = turned[0];
    other[1] = turned[1];
    return true;
  }

  // From a - b and c - d to a - c and b - d, where that crowds less.
  private boolean swapped(int[] one, int[] other) {
    int a = one[0];
    int b = one[1];
    int c = other[0];
    int d = other[1];
    if (a == c || a == d || b == c || b == d || known[a].get(c) || known[b].get(d)) {
      return false;
    }
    int gone = crowd(a, b) + crowd(b, a) + crowd(c, d) + crowd(d, c);
    part(a, b);
    part(c, d);
    if (crowd(a, c) + crowd(c, a) + crowd(b, d) + crowd(d, b) < gone) {
      join(a, c);
      join(b, d);
      one[1] = c;
      other[0] = b;
      return true;
    }
    join(a, b);
    join(c, d);
    return false;
  }

  private int crowd(int of, int one) {
    return sharing(of, one, zone) + sharing(of, one, centre);
  }

  private List<int[]> links() {
    List<int[]> links = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      int from = i;
      known[i].stream().filter(other -> other > from).forEach(o -> links.add(new int[] {from, o}));
    }
    return links;
  }

  // Parts that nothing joins are joined where the fewest neighbours are.
  private void connect() {
    BitSet reached = reached();
    while (reached.cardinality() < known.length) {
      BitSet others = new BitSet();
      others.set(0, known.length);
      others.andNot(reached);
      join(fewest(reached), fewest(others));
      reached = reached();
    }
  }

  private BitSet reached() {
    BitSet reached = new BitSet();
    BitSet next = new BitSet();
    next.set(0);
    for (int i = 0; i >= 0; i = next.nextSetBit(0)) {
      next.clear(i);
      reached.set(i);
      next.or(known[i]);
      next.andNot(reached);
    }
    return reached;
  }

  private int fewest(@Nullable BitSet among) {
    int fewest = -1;
    for (int i = 0; i < known.length; i++) {
      if ((among == null || among.get(i)) && (fewest < 0 || size(i) < size(fewest))) {
        fewest = i;
      }
    }
    return fewest;
  }

  private int size(int i) {
    return sizes[i];
  }

  private void join(int one, int other) {
    known[one].set(other);
    known[other].set(one);
    sizes[one]++;
    sizes[other]++;
  }

  private void part(int one, int other) {
    known[one].clear(other);
    known[other].clear(one);
    sizes[one]--;
    sizes[other]--;
  }

  // The same for both orders (splitmix64's finaliser).
  private long mix(int one, int other) {
    long z = seed * 0x9E3779B97F4A7C15L + Math.min(one, other) * 10_007L + Math.max(one, other);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
