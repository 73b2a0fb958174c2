package io.elottery.ledger.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names one store for its whole life; a wiped directory gets another one. It comes with every
 * message between replicas, so it is kept as two numbers.
 *
 * @param first the first eight of its sixteen bytes
 * @param last the others
 */
public record StoreId(long first, long last) {
  private static final int BYTES = 16;

  /** From 16 bytes. */
  public static StoreId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("store id: expected " + BYTES + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new StoreId(in.getLong(), in.getLong());
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(first).putLong(last).array();
  }

  /** 32 lower-case hexadecimal digits. */
  public String text() {
    return HexFormat.of().formatHex(bytes());
  }

  @Override
  public String toString() {
    return text();
  }
}
