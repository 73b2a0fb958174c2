package io.elottery.ledger.store;

import java.util.HexFormat;

/**
 * Names one store for its whole life; a wiped directory gets another one.
 *
 * @param text 32 lower-case hexadecimal digits
 */
public record StoreId(String text) {
  private static final int BYTES = 16;

  /** Checks the form. */
  public StoreId {
    if (!text.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("store id: expected 32 hexadecimal digits");
    }
  }

  /** From 16 bytes. */
  public static StoreId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("store id: expected " + BYTES + " bytes");
    }
    return new StoreId(HexFormat.of().formatHex(bytes));
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
