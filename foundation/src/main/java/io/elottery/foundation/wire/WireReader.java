package io.elottery.foundation.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link WireWriter} wrote; every length is checked against what is there before
 * anything is allocated. Not thread-safe.
 */
public final class WireReader {
  private byte[] buffer;
  private int end;
  private int at;
  private List<byte[]> pieces = List.of();
  private int next; // of the pieces
  private long later; // bytes of the pieces from there on

  /** Over all of the bytes, which are not copied. */
  public WireReader(byte[] buffer) {
    this(buffer, 0, buffer.length);
  }

  /** Over a part of the bytes, which are not copied. */
  public WireReader(byte[] buffer, int from, int length) {
    this.buffer = buffer;
    this.at = from;
    this.end = from + length;
  }

  /**
   * Over pieces that follow each other, wherever they are cut; no more than two of them are joined
   * at a time, as long as no value is longer than that.
   */
  public WireReader(List<byte[]> pieces) {
    this(new byte[0]);
    this.pieces = pieces;
    for (byte[] piece : pieces) {
      later += piece.length;
    }
  }

  /** One byte, 0 … 255. */
  public int u8() throws MalformedMessage {
    need(1);
    return buffer[at++] & 0xff;
  }

  /** 0 or 1; anything else is malformed. */
  public boolean bool() throws MalformedMessage {
    int value = u8();
    if (value > 1) {
      throw new MalformedMessage("boolean " + value + " at " + (at - 1) + ": expected 0 or 1");
    }
    return value == 1;
  }

  /** Two bytes, 0 … 65535. */
  public int u16() throws MalformedMessage {
    return u8() << 8 | u8();
  }

  /** Four bytes. */
  public int i32() throws MalformedMessage {
    need(4);
    return (int) number(4);
  }

  /** Eight bytes. */
  public long i64() throws MalformedMessage {
    need(8);
    return number(8);
  }

  /** A number in its shortest form; a longer form of the same number is malformed. */
  public long varint() throws MalformedMessage {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next <= 0x7f) {
        if (next == 0 && shift > 0) {
          throw new MalformedMessage("number before " + at + " is longer than need be");
        }
        return value;
      }
    }
    throw new MalformedMessage("number before " + at + " does not end");
  }

  /**
   * A count of things that follow.
   *
   * @param most more is malformed
   */
  public int count(int most) throws MalformedMessage {
    long value = varint();
    if (value > most) {
      throw new MalformedMessage("count " + value + " before " + at + ": at most " + most);
    }
    return (int) value;
  }

  /** Bytes with their count before them. */
  public byte[] bytes() throws MalformedMessage {
    return raw(count(remaining()));
  }

  /** That many bytes. */
  public byte[] raw(int count) throws MalformedMessage {
    need(count);
    byte[] value = Arrays.copyOfRange(buffer, at, at + count);
    at += count;
    return value;
  }

  /** UTF-8 with its byte count before it; broken UTF-8 is malformed. */
  public String text() throws MalformedMessage {
    int count = count(remaining());
    need(count);
    if (isAscii(count)) {
      String value = new String(buffer, at, count, StandardCharsets.ISO_8859_1);
      at += count;
      return value;
    }
    try {
      String value =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, at, count)).toString();
      at += count;
      return value;
    } catch (CharacterCodingException broken) {
      throw new MalformedMessage("text at " + at + " is not UTF-8");
    }
  }

  /** Bytes not read yet. */
  public int remaining() {
    return (int) Math.min(Integer.MAX_VALUE, end - at + later);
  }

  /** All that is left. */
  public byte[] rest() throws MalformedMessage {
    return raw(remaining());
  }

  /** All that is left; what was not begun yet is given as it is, not to be changed. */
  public List<byte[]> restInPieces() {
    List<byte[]> rest = new ArrayList<>();
    if (at < end) {
      rest.add(Arrays.copyOfRange(buffer, at, end));
    }
    rest.addAll(pieces.subList(next, pieces.size()));
    at = end;
    next = pieces.size();
    later = 0;
    return rest;
  }

  /** Checks that everything was read. */
  public void done() throws MalformedMessage {
    if (remaining() > 0) {
      throw new MalformedMessage(remaining() + " bytes too many at " + at);
    }
  }

  private boolean isAscii(int count) {
    for (int i = at; i < at + count; i++) {
      if (buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private long number(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | (buffer[at++] & 0xff);
    }
    return value;
  }

  private void need(int count) throws MalformedMessage {
    if (count < 0 || count > remaining()) {
      throw new MalformedMessage(
          "ends at " + end + " where " + count + " bytes were expected at " + at);
    }
    while (end - at < count) {
      join();
    }
  }

  private void join() {
    byte[] piece = pieces.get(next++);
    byte[] joined = Arrays.copyOfRange(buffer, at, end + piece.length);
    System.arraycopy(piece, 0, joined, end - at, piece.length);
    later -= piece.length;
    buffer = joined;
    end = joined.length;
    at = 0;
  }
}
