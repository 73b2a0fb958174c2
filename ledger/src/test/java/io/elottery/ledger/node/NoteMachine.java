package io.elottery.ledger.node;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.machine.ReplicatedMachine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A list of notes: a command is a note's name; it is added once, and the reply is always its place.
 */
final class NoteMachine implements ReplicatedMachine {
  /** Told of every note as it takes its place. */
  interface Witness {
    void noted(int place, String note);
  }

  private static final int PAGE = 16;

  private final Witness witness;
  private final List<String> notes = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();
  private final Map<String, Integer> places = new TreeMap<>();
  private Instant lastStamp = Instant.EPOCH;
  private int digest;

  NoteMachine(Witness witness) {
    this.witness = witness;
  }

  List<String> notes() {
    return notes;
  }

  @Override
  public byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command) {
    if (stampedAt.isBefore(lastStamp)) {
      throw new AssertionError("stamp fell from " + lastStamp + " to " + stampedAt);
    }
    lastStamp = stampedAt;
    String note = new String(command, StandardCharsets.UTF_8);
    Integer place = places.get(note);
    return place(place == null ? add(note) : place);
  }

  private int add(String note) {
    int place = notes.size();
    notes.add(note);
    places.put(note, place);
    digest = 31 * digest + note.hashCode();
    witness.noted(place, note);
    return place;
  }

  @Override
  public byte[] takeDigest() {
    return new WireWriter().raw(new byte[28]).i32(digest).toBytes();
  }

  /** As a bit that turns over in memory. */
  void alter() {
    digest++;
  }

  static byte[] place(int place) {
    return new WireWriter().i32(place).toBytes();
  }

  static int place(byte[] reply) {
    try {
      return new WireReader(reply).i32();
    } catch (MalformedMessage impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public byte[] query(byte[] query, long position) {
    return place(notes.size());
  }

  // Notes in pages, which are made once, and those that do not fill one yet.
  @Override
  public void snapshot(Consumer<byte[]> pieces) {
    while ((pages.size() + 1) * PAGE <= notes.size()) {
      pages.add(written(pages.size() * PAGE, (pages.size() + 1) * PAGE));
    }
    pages.forEach(pieces);
    pieces.accept(written(pages.size() * PAGE, notes.size()));
  }

  private byte[] written(int from, int to) {
    WireWriter out = new WireWriter().varint(to - from);
    notes.subList(from, to).forEach(out::text);
    return out.toBytes();
  }

  @Override
  public void restore(List<byte[]> pieces) {
    notes.clear();
    places.clear();
    digest = 0;
    pages.clear();
    pages.addAll(pieces.subList(0, pieces.size() - 1));
    try {
      for (byte[] piece : pieces) {
        WireReader in = new WireReader(piece);
        for (long left = in.varint(); left > 0; left--) {
          add(in.text());
        }
        in.done();
      }
    } catch (MalformedMessage damaged) {
      throw new AssertionError(damaged);
    }
  }

  @Override
  public Optional<Instant> nextWake() {
    return Optional.empty();
  }

  @Override
  public byte[] wakeCommand() {
    return new byte[0];
  }
}
