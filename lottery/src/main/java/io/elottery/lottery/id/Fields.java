package io.elottery.lottery.id;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the lottery's names are written in its binary messages. Reading throws {@link
 * MalformedMessage} for bytes that cannot be one, {@link IllegalArgumentException} for text that is
 * not a name; the codecs of whole messages turn the latter into the former.
 */
public final class Fields {
  /** How one element is written. */
  @FunctionalInterface
  public interface Write<T> {
    /** Appends the element. */
    void to(WireWriter out, T value);
  }

  /** How one element is read. */
  @FunctionalInterface
  public interface Read<T> {
    /** Takes the element. */
    T from(WireReader in) throws MalformedMessage;
  }

  private Fields() {}

  /** Octets with their count. */
  public static void octets(WireWriter out, Octets value) {
    out.bytes(value.toBytes());
  }

  /** Octets with their count. */
  public static Octets octets(WireReader in) throws MalformedMessage {
    return Octets.wrap(in.bytes());
  }

  /** Octets whose size the format fixes. */
  public static Octets octets(WireReader in, int size) throws MalformedMessage {
    return Octets.wrap(in.raw(size));
  }

  /** Three letters. */
  public static void branch(WireWriter out, BranchId value) {
    for (int i = 0; i < 3; i++) {
      out.u8(value.code().charAt(i));
    }
  }

  /** Three letters. */
  public static BranchId branch(WireReader in) throws MalformedMessage {
    char[] code = {(char) in.u8(), (char) in.u8(), (char) in.u8()};
    return new BranchId(new String(code));
  }

  /** Branch, kind, number. */
  public static void player(WireWriter out, PlayerId value) {
    branch(out, value.branch());
    out.u8(value.kind().letter()).varint(value.number());
  }

  /** Branch, kind, number. */
  public static PlayerId player(WireReader in) throws MalformedMessage {
    BranchId branch = branch(in);
    int letter = in.u8();
    if (letter != 'C' && letter != 'M') {
      throw new MalformedMessage("kind of player " + letter + ": expected C or M");
    }
    PlayerId.Kind kind = letter == 'C' ? PlayerId.Kind.CUSTOMER : PlayerId.Kind.OPERATOR;
    return new PlayerId(branch, kind, in.count(Integer.MAX_VALUE));
  }

  /** Days since 1970-01-01. */
  public static void date(WireWriter out, LocalDate value) {
    out.i32(Math.toIntExact(value.toEpochDay()));
  }

  /** Days since 1970-01-01. */
  public static LocalDate date(WireReader in) throws MalformedMessage {
    int day = in.i32();
    try {
      return LocalDate.ofEpochDay(day);
    } catch (DateTimeException tooFar) {
      throw new MalformedMessage("day " + day + " is out of range");
    }
  }

  /** Milliseconds since 1970. */
  public static void instant(WireWriter out, Instant value) {
    out.i64(value.toEpochMilli());
  }

  /** Milliseconds since 1970. */
  public static Instant instant(WireReader in) throws MalformedMessage {
    return Instant.ofEpochMilli(in.i64());
  }

  /** Branch, slot, date, number. */
  public static void drawId(WireWriter out, DrawId value) {
    branch(out, value.branch());
    out.u8(value.slot().letter()).u16((int) value.date().toEpochDay()).varint(value.number());
  }

  /** Branch, slot, date, number. */
  public static DrawId drawId(WireReader in) throws MalformedMessage {
    BranchId branch = branch(in);
    Slot slot = Slot.ofLetter((char) in.u8());
    LocalDate date = LocalDate.ofEpochDay(in.u16());
    return new DrawId(branch, slot, date, in.count(Integer.MAX_VALUE));
  }

  /** Game, id. */
  public static void draw(WireWriter out, DrawRef value) {
    out.text(value.game().text());
    drawId(out, value.id());
  }

  /** Game, id. */
  public static DrawRef draw(WireReader in) throws MalformedMessage {
    GameName game = new GameName(in.text());
    return new DrawRef(game, drawId(in));
  }

  /** Sixteen bytes. */
  public static void ticket(WireWriter out, TicketId value) {
    out.i64(value.high()).i64(value.low());
  }

  /** Sixteen bytes. */
  public static TicketId ticket(WireReader in) throws MalformedMessage {
    return new TicketId(in.i64(), in.i64());
  }

  /** Text. */
  public static void game(WireWriter out, GameName value) {
    out.text(value.text());
  }

  /** Text. */
  public static GameName game(WireReader in) throws MalformedMessage {
    return new GameName(in.text());
  }

  /** Text. */
  public static void party(WireWriter out, PartyName value) {
    out.text(value.text());
  }

  /** Text. */
  public static PartyName party(WireReader in) throws MalformedMessage {
    return new PartyName(in.text());
  }

  /** Text. */
  public static void key(WireWriter out, RequestKey value) {
    out.text(value.text());
  }

  /** Text. */
  public static RequestKey key(WireReader in) throws MalformedMessage {
    return new RequestKey(in.text());
  }

  /** 0, or 1 and the value. */
  public static <T> void optional(WireWriter out, Optional<T> value, Write<T> write) {
    out.bool(value.isPresent());
    value.ifPresent(present -> write.to(out, present));
  }

  /** 0, or 1 and the value. */
  public static <T> Optional<T> optional(WireReader in, Read<T> read) throws MalformedMessage {
    return in.bool() ? Optional.of(read.from(in)) : Optional.empty();
  }

  /** The count, then the elements. */
  public static <T> void list(WireWriter out, List<T> values, Write<T> write) {
    out.varint(values.size());
    for (T value : values) {
      write.to(out, value);
    }
  }

  /** The count, at most {@code most}, then the elements. */
  public static <T> List<T> list(WireReader in, int most, Read<T> read) throws MalformedMessage {
    int count = in.count(Math.min(most, in.remaining()));
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(read.from(in));
    }
    return values;
  }

  /** One byte: which constant. */
  public static <E extends Enum<E>> E choice(WireReader in, E[] constants) throws MalformedMessage {
    int ordinal = in.u8();
    if (ordinal >= constants.length) {
      throw new MalformedMessage("choice " + ordinal + ": at most " + (constants.length - 1));
    }
    return constants[ordinal];
  }
}
