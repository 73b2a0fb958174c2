package io.elottery.controller.network;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was changed in the division of {@code network.yaml} while the network ran.
 *
 * @param version grows with each change
 * @param linked neighbours that the file does not name
 * @param unlinked neighbours that the file names and that are none any more
 * @param halves workers that belong to this half, whatever the file says
 * @param removed workers that left the network for good
 * @param added workers that the file does not name; their neighbours are among {@code linked}
 */
public record PlanEdits(
    long version,
    SortedSet<Pair> linked,
    SortedSet<Pair> unlinked,
    SortedMap<NodeId, Hemisphere> halves,
    SortedSet<NodeId> removed,
    SortedMap<NodeId, NetworkPlan.Place> added) {
  /** No change yet. */
  public static final PlanEdits NONE = new PlanEdits(0, new TreeSet<>(), new TreeSet<>());

  private static final int FORMAT = 1; // Without halves: an older main reads it.
  private static final int FORMAT_HALVES = 2;
  private static final int FORMAT_REMOVED = 3;
  private static final int FORMAT_ADDED = 4;
  private static final int WORKERS_MAX = 10_000;
  private static final int PAIRS_MAX = 100_000;

  /** Copies. */
  public PlanEdits {
    linked = Collections.unmodifiableSortedSet(new TreeSet<>(linked));
    unlinked = Collections.unmodifiableSortedSet(new TreeSet<>(unlinked));
    halves = Collections.unmodifiableSortedMap(new TreeMap<>(halves));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    added = Collections.unmodifiableSortedMap(new TreeMap<>(added));
  }

  /** Of neighbours alone. */
  public PlanEdits(long version, SortedSet<Pair> linked, SortedSet<Pair> unlinked) {
    this(version, linked, unlinked, new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
  }

  /** Without the worker, for good. */
  public PlanEdits remove(NodeId worker) {
    SortedSet<NodeId> more = new TreeSet<>(removed);
    more.add(worker);
    SortedMap<NodeId, NetworkPlan.Place> fewer = new TreeMap<>(added);
    fewer.remove(worker);
    return new PlanEdits(version + 1, linked, unlinked, halves, more, fewer);
  }

  /** With a worker that the file does not name, and its neighbours. */
  public PlanEdits add(NodeId worker, NetworkPlan.Place place) {
    SortedMap<NodeId, NetworkPlan.Place> more = new TreeMap<>(added);
    more.put(worker, place.among(new TreeSet<>()));
    PlanEdits next = new PlanEdits(version + 1, linked, unlinked, halves, removed, more);
    for (NodeId other : place.neighbours()) {
      next = next.link(Pair.of(worker, other));
    }
    return next;
  }

  /** With the worker in that half. */
  public PlanEdits assign(NodeId worker, Hemisphere half) {
    SortedMap<NodeId, Hemisphere> more = new TreeMap<>(halves);
    more.put(worker, half);
    return new PlanEdits(version + 1, linked, unlinked, more, removed, added);
  }

  /** With the two as neighbours, whatever was said of them before. */
  public PlanEdits link(Pair pair) {
    return changed(pair, linked, unlinked);
  }

  /** With the two as strangers. */
  public PlanEdits unlink(Pair pair) {
    PlanEdits swapped = changed(pair, unlinked, linked);
    return new PlanEdits(swapped.version, swapped.unlinked, swapped.linked, halves, removed, added);
  }

  private PlanEdits changed(Pair pair, SortedSet<Pair> to, SortedSet<Pair> from) {
    TreeSet<Pair> more = new TreeSet<>(to);
    more.add(pair);
    TreeSet<Pair> fewer = new TreeSet<>(from);
    fewer.remove(pair);
    return new PlanEdits(version + 1, more, fewer, halves, removed, added);
  }

  /** Its bytes: format, version, both lists; 2 also halves, 3 who is removed, 4 who is added. */
  public byte[] encode() {
    int format = !removed.isEmpty() ? FORMAT_REMOVED : halves.isEmpty() ? FORMAT : FORMAT_HALVES;
    format = added.isEmpty() ? format : FORMAT_ADDED;
    WireWriter out = new WireWriter().u8(format).i64(version);
    write(out, linked);
    write(out, unlinked);
    if (format >= FORMAT_HALVES) {
      out.varint(halves.size());
      halves.forEach((worker, half) -> out.text(worker.name()).u8(half.ordinal()));
    }
    if (format >= FORMAT_REMOVED) {
      out.varint(removed.size());
      removed.forEach(worker -> out.text(worker.name()));
    }
    if (format >= FORMAT_ADDED) {
      out.varint(added.size());
      added.forEach(
          (worker, place) ->
              out.text(worker.name())
                  .u8(place.hemisphere().ordinal())
                  .text(place.location().datacentre())
                  .text(place.location().zone()));
    }
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static PlanEdits decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format < FORMAT || format > FORMAT_ADDED) {
      throw new MalformedMessage("plan edits: format " + format + " is not known");
    }
    long version = in.i64();
    SortedSet<Pair> linked = read(in);
    SortedSet<Pair> unlinked = read(in);
    PlanEdits edits =
        new PlanEdits(
            version,
            linked,
            unlinked,
            format < FORMAT_HALVES ? new TreeMap<>() : readHalves(in),
            format < FORMAT_REMOVED ? new TreeSet<>() : readRemoved(in),
            format < FORMAT_ADDED ? new TreeMap<>() : readAdded(in));
    in.done();
    return edits;
  }

  private static SortedSet<NodeId> readRemoved(WireReader in) throws MalformedMessage {
    SortedSet<NodeId> removed = new TreeSet<>();
    for (int left = in.count(WORKERS_MAX); left > 0; left--) {
      try {
        removed.add(NodeId.of(in.text()));
      } catch (IllegalArgumentException wrong) {
        throw new MalformedMessage("plan edits: " + wrong.getMessage());
      }
    }
    return removed;
  }

  private static SortedMap<NodeId, NetworkPlan.Place> readAdded(WireReader in)
      throws MalformedMessage {
    SortedMap<NodeId, NetworkPlan.Place> added = new TreeMap<>();
    for (int left = in.count(WORKERS_MAX); left > 0; left--) {
      try {
        NodeId worker = NodeId.of(in.text());
        Hemisphere half = half(in);
        Location location = new Location(in.text(), in.text());
        added.put(worker, new NetworkPlan.Place(half, location, new TreeSet<>()));
      } catch (IllegalArgumentException wrong) {
        throw new MalformedMessage("plan edits: " + wrong.getMessage());
      }
    }
    return added;
  }

  private static Hemisphere half(WireReader in) throws MalformedMessage {
    int half = in.u8();
    if (half >= Hemisphere.values().length) {
      throw new MalformedMessage("plan edits: half " + half + " is not known");
    }
    return Hemisphere.values()[half];
  }

  private static SortedMap<NodeId, Hemisphere> readHalves(WireReader in) throws MalformedMessage {
    SortedMap<NodeId, Hemisphere> halves = new TreeMap<>();
    for (int left = in.count(WORKERS_MAX); left > 0; left--) {
      try {
        halves.put(NodeId.of(in.text()), half(in));
      } catch (IllegalArgumentException wrong) {
        throw new MalformedMessage("plan edits: " + wrong.getMessage());
      }
    }
    return halves;
  }

  private static void write(WireWriter out, SortedSet<Pair> pairs) {
    out.varint(pairs.size());
    pairs.forEach(pair -> out.text(pair.low().name()).text(pair.high().name()));
  }

  private static SortedSet<Pair> read(WireReader in) throws MalformedMessage {
    SortedSet<Pair> pairs = new TreeSet<>();
    for (int left = in.count(PAIRS_MAX); left > 0; left--) {
      try {
        pairs.add(new Pair(NodeId.of(in.text()), NodeId.of(in.text())));
      } catch (IllegalArgumentException wrong) {
        throw new MalformedMessage("plan edits: " + wrong.getMessage());
      }
    }
    return pairs;
  }
}
