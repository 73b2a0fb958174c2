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

/**
 * A list of notes: a command is a note's name; it is added once, and the reply is always its place.
 */
final class NoteMachine implements ReplicatedMachine {
  /** Told of every note as it takes its place. */
  interface Witness {
    void noted(int place, String note);
  }

  private final Witness witness;
  private final List<String> notes = new ArrayList<>();
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

  @Override
  public byte[] snapshot() {
    WireWriter out = new WireWriter().varint(notes.size());
    notes.forEach(out::text);
    return out.toBytes();
  }

  @Override
  public void restore(byte[] snapshot) {
    notes.clear();
    places.clear();
    digest = 0;
    try {
      WireReader in = new WireReader(snapshot);
      for (long left = in.varint(); left > 0; left--) {
        add(in.text());
      }
      in.done();
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
