package io.elottery.lottery.player;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.fault.Invariants;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.HistoryItem.About;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.id.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened to one player and follows from nothing else that is kept, oldest first. What
 * follows from tickets and their draws is not in it. Held as the bytes that a snapshot holds: most
 * are notes of signing in, of some ten bytes each.
 */
public final class Diary {
  /** Notes of signing in and out; one more lets the older half of them go. */
  public static final int SIGNS_MAX = 4_096;

  private static final int SHORT = 512; // bytes; a longer diary has an eighth more room
  private static final Set<Kind> SIGNS = EnumSet.of(Kind.SIGNED_IN, Kind.SIGNED_OUT);
  private static final Set<Kind> WITHOUT_TICKET =
      EnumSet.of(Kind.REGISTERED, Kind.SIGNED_IN, Kind.SIGNED_OUT);
  private static final Set<Kind> WITHOUT_AMOUNT =
      EnumSet.of(Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.SEALED, Kind.CANCELLING);

  private byte[] bytes = {}; // those up to the length are notes
  private int length;
  private long lastAt; // of the last note; none after it is earlier
  private int signs; // <= SIGNS_MAX

  /**
   * One thing that happened.
   *
   * @param position of its command
   * @param at milliseconds since 1970
   * @param about there for all but {@code REGISTERED}, {@code SIGNED_IN} and {@code SIGNED_OUT}
   * @param amount minor units by which it changed the balance; 0 for kinds that never change it
   */
  public record Note(Kind kind, long position, long at, Optional<About> about, long amount) {
    /** Checks that it is one that a diary keeps. */
    public Note {
      Invariants.check(kind != Kind.BOUGHT, "%s follows from the ticket", kind);
      Invariants.check(
          about.isEmpty() == WITHOUT_TICKET.contains(kind), "%s about %s", kind, about);
      Invariants.check(amount == 0 || !WITHOUT_AMOUNT.contains(kind), "%s of %d", kind, amount);
    }

    private void write(WireWriter out, long before) {
      out.u8(kind.ordinal()).varint(position).varint(at - before);
      about.ifPresent(it -> it.write(out));
      if (!WITHOUT_AMOUNT.contains(kind)) {
        out.i64(amount);
      }
    }

    private static Note read(WireReader in, long before) throws MalformedMessage {
      Kind kind = Fields.choice(in, Kind.values());
      if (kind == Kind.BOUGHT) {
        throw new MalformedMessage("a note of " + kind + ": expected none");
      }
      return new Note(
          kind,
          in.varint(),
          Math.addExact(before, in.varint()),
          WITHOUT_TICKET.contains(kind) ? Optional.empty() : Optional.of(About.read(in)),
          WITHOUT_AMOUNT.contains(kind) ? 0 : in.i64());
    }
  }

  /** Notes what happened now; it is not earlier than what was noted before. */
  public void add(Note note) {
    if (SIGNS.contains(note.kind()) && signs == SIGNS_MAX) {
      forgetOlderSigns();
    }
    append(note);
  }

  private void append(Note note) {
    WireWriter out = new WireWriter(64);
    note.write(out, lastAt);
    byte[] more = out.toBytes();
    if (length + more.length > bytes.length) {
      int room = more.length + (length < SHORT ? 0 : length / 8);
      bytes = Arrays.copyOf(bytes, length + room);
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    noted(note);
  }

  private void noted(Note note) {
    lastAt = note.at();
    signs += SIGNS.contains(note.kind()) ? 1 : 0;
  }

  private void forgetOlderSigns() {
    int[] left = {signs / 2};
    rewrite(note -> !SIGNS.contains(note.kind()) || --left[0] < 0);
  }

  private void rewrite(Predicate<Note> kept) {
    List<Note> all = notes();
    bytes = new byte[0];
    length = 0;
    lastAt = 0;
    signs = 0;
    all.stream().filter(kept).forEach(this::append);
  }

  /** Lets go what is not younger than that, in milliseconds since 1970; the first day stays. */
  public void forget(long before) {
    if (hasOlder(before)) {
      rewrite(note -> note.kind() == Kind.REGISTERED || note.at() > before);
    }
  }

  // Times ascend: the first one that may go tells.
  private boolean hasOlder(long before) {
    WireReader in = reader();
    try {
      for (long at = 0; in.remaining() > 0; ) {
        Note note = Note.read(in, at);
        at = note.at();
        if (note.kind() != Kind.REGISTERED) {
          return at <= before;
        }
      }
      return false;
    } catch (MalformedMessage ours) {
      throw new InvariantViolation("a diary: " + ours.getMessage());
    }
  }

  /** All of them, the oldest first. */
  public List<Note> notes() {
    try {
      return notes(reader());
    } catch (MalformedMessage ours) {
      throw new InvariantViolation("a diary: " + ours.getMessage());
    }
  }

  private WireReader reader() {
    return new WireReader(bytes, 0, length);
  }

  private static List<Note> notes(WireReader in) throws MalformedMessage {
    List<Note> notes = new ArrayList<>();
    for (long at = 0; in.remaining() > 0; ) {
      Note note = Note.read(in, at);
      at = note.at();
      notes.add(note);
    }
    return notes;
  }

  /** How many bytes the notes take. */
  public int length() {
    return length;
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.bytes(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  /** Becomes what was written; nothing has been noted here yet. */
  public void read(WireReader in) throws MalformedMessage {
    bytes = in.bytes();
    length = bytes.length;
    notes(reader()).forEach(this::noted);
  }
}
