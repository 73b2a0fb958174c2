package io.elottery.reports.mute;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mutes in force, oldest first; at most {@value #MOST}. Its bytes are one small record: format
 * 1, count, and each mute's components in order, instants as milliseconds.
 */
public record Mutes(List<Mute> all) {
  /** How many there may be at once. */
  public static final int MOST = 200;

  /** None. */
  public static final Mutes NONE = new Mutes(List.of());

  private static final int FORMAT = 1;

  /** Checks the number and copies. */
  public Mutes {
    if (all.size() > MOST) {
      throw new IllegalArgumentException(all.size() + " mutes: expected at most " + MOST);
    }
    all = List.copyOf(all);
  }

  /** Whether one more has room. */
  public boolean isFull() {
    return all.size() >= MOST;
  }

  /** With one more; it replaces those by the same target. */
  public Mutes with(Mute mute) {
    List<Mute> more = new ArrayList<>(all);
    more.removeIf(one -> one.target().equals(mute.target()) || one.id().equals(mute.id()));
    more.add(mute);
    return new Mutes(more);
  }

  /** Without that one. */
  public Mutes without(String id) {
    return new Mutes(all.stream().filter(mute -> !mute.id().equals(id)).toList());
  }

  /** By its id. */
  public Optional<Mute> find(String id) {
    return all.stream().filter(mute -> mute.id().equals(id)).findFirst();
  }

  /** The one that mutes this trouble; the one by code before the one of the whole subject. */
  public Optional<Mute> over(Trouble trouble) {
    return all.stream()
        .filter(mute -> mute.covers(trouble))
        .min(java.util.Comparator.comparing(mute -> mute.code().isEmpty()));
  }

  /** Its bytes. */
  public byte[] encode() {
    WireWriter out = new WireWriter(256).u8(FORMAT).varint(all.size());
    for (Mute mute : all) {
      out.text(mute.id())
          .text(mute.code().orElse(""))
          .text(mute.subject())
          .text(mute.by())
          .text(mute.reason())
          .i64(mute.from().toEpochMilli())
          .i64(mute.until().toEpochMilli())
          .u8(mute.severity().ordinal())
          .u8(mute.around().ordinal())
          .i64(mute.since().toEpochMilli());
    }
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static Mutes decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("mutes: format " + format + " is not known");
    }
    List<Mute> mutes = new ArrayList<>();
    try {
      for (int left = in.count(MOST); left > 0; left--) {
        mutes.add(read(in));
      }
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("mutes: " + wrong.getMessage());
    }
    in.done();
    return new Mutes(mutes);
  }

  private static Mute read(WireReader in) throws MalformedMessage {
    String id = in.text();
    String code = in.text();
    return new Mute(
        id,
        Optional.of(code).filter(text -> !text.isEmpty()),
        in.text(),
        in.text(),
        in.text(),
        Instant.ofEpochMilli(in.i64()),
        Instant.ofEpochMilli(in.i64()),
        priority(in.u8()),
        priority(in.u8()),
        Instant.ofEpochMilli(in.i64()));
  }

  private static Priority priority(int index) throws MalformedMessage {
    if (index >= Priority.values().length) {
      throw new MalformedMessage("mutes: severity " + index + " is not known");
    }
    return Priority.values()[index];
  }
}
