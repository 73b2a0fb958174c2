package io.elottery.controller.network;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was changed in the neighbourhoods of {@code network.yaml} while the network ran.
 *
 * @param version grows with each change
 * @param linked neighbours that the file does not name
 * @param unlinked neighbours that the file names and that are none any more
 */
public record PlanEdits(long version, SortedSet<Pair> linked, SortedSet<Pair> unlinked) {
  /** No change yet. */
  public static final PlanEdits NONE = new PlanEdits(0, new TreeSet<>(), new TreeSet<>());

  private static final int FORMAT = 1;
  private static final int PAIRS_MAX = 100_000;

  /** Copies. */
  public PlanEdits {
    linked = Collections.unmodifiableSortedSet(new TreeSet<>(linked));
    unlinked = Collections.unmodifiableSortedSet(new TreeSet<>(unlinked));
  }

  /** With the two as neighbours, whatever was said of them before. */
  public PlanEdits link(Pair pair) {
    return changed(pair, linked, unlinked);
  }

  /** With the two as strangers. */
  public PlanEdits unlink(Pair pair) {
    PlanEdits swapped = changed(pair, unlinked, linked);
    return new PlanEdits(swapped.version, swapped.unlinked, swapped.linked);
  }

  private PlanEdits changed(Pair pair, SortedSet<Pair> to, SortedSet<Pair> from) {
    TreeSet<Pair> more = new TreeSet<>(to);
    more.add(pair);
    TreeSet<Pair> fewer = new TreeSet<>(from);
    fewer.remove(pair);
    return new PlanEdits(version + 1, more, fewer);
  }

  /** Its bytes: format, version, both lists. */
  public byte[] encode() {
    WireWriter out = new WireWriter().u8(FORMAT).i64(version);
    write(out, linked);
    write(out, unlinked);
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static PlanEdits decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("plan edits: format " + format + " is not known");
    }
    PlanEdits edits = new PlanEdits(in.i64(), read(in), read(in));
    in.done();
    return edits;
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
