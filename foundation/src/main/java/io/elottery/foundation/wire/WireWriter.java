package io.elottery.foundation.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the fields of a binary message: big-endian numbers, length-prefixed bytes and UTF-8 text.
 *
 * <p>The same calls in the same order always write the same bytes. Not thread-safe.
 */
public final class WireWriter {
  private byte[] buffer;
  private int length;

  /** With a small buffer that grows. */
  public WireWriter() {
    this(64);
  }

  /** With a buffer of the size expected. */
  public WireWriter(int expected) {
    buffer = new byte[Math.max(16, expected)];
  }

  /** One byte, 0 … 255. */
  public WireWriter u8(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
    return this;
  }

  /** True as 1, false as 0. */
  public WireWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Two bytes, 0 … 65535. */
  public WireWriter u16(int value) {
    reserve(2);
    buffer[length++] = (byte) (value >>> 8);
    buffer[length++] = (byte) value;
    return this;
  }

  /** Four bytes. */
  public WireWriter i32(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Eight bytes. */
  public WireWriter i64(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** A number that is mostly small and never negative: seven bits a byte, low first. */
  public WireWriter varint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("varint " + value + ": expected 0 or more");
    }
    reserve(9);
    long rest = value;
    while (rest > 0x7f) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
    return this;
  }

  /** The bytes, their count before them. */
  public WireWriter bytes(byte[] value) {
    varint(value.length);
    return raw(value);
  }

  /** The bytes alone. */
  public WireWriter raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, length, value.length);
    length += value.length;
    return this;
  }

  /** UTF-8, its byte count before it. */
  public WireWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** What was written; the next byte is the first one again. */
  public byte[] drain() {
    byte[] written = toBytes();
    length = 0;
    return written;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
