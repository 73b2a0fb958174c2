package io.elottery.ledger.store;

import io.elottery.foundation.wire.Crc32c;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What stands behind every value at rest: CRC-32C over key and value, so that neither a flipped bit
 * nor a value under another key is ever taken for what was written.
 */
public final class Checksum {
  /** Bytes it adds. */
  public static final int BYTES = 4;

  private Checksum() {}

  /** The value with its checksum. */
  public static byte[] add(byte[] key, byte[] value) {
    byte[] kept = Arrays.copyOf(value, value.length + BYTES);
    int sum = Crc32c.of(key, value);
    for (int i = 0; i < BYTES; i++) {
      kept[value.length + i] = (byte) (sum >>> (24 - 8 * i));
    }
    return kept;
  }

  /**
   * The value that {@link #add} was given.
   *
   * @throws RecordDamaged when it is another one
   */
  public static byte[] strip(byte[] key, byte[] kept) {
    int length = kept.length - BYTES;
    int said = 0;
    for (int i = Math.max(0, length); i < kept.length; i++) {
      said = said << 8 | (kept[i] & 0xff);
    }
    if (length < 0 || said != Crc32c.of(key, kept, length)) {
      throw new RecordDamaged(
          "record " + HexFormat.of().formatHex(key) + " is not what was written there");
    }
    return Arrays.copyOf(kept, length);
  }
}
