package io.elottery.foundation.wire;

import java.util.zip.CRC32C;

/** CRC-32C (RFC 3720, appendix B.4), which stands behind what is kept on disk. Any thread. */
public final class Crc32c {
  private Crc32c() {}

  /** Of all these bytes, one array after the other. */
  public static int of(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part, 0, part.length);
    }
    return (int) crc.getValue();
  }

  /** Of the first so many bytes behind others. */
  public static int of(byte[] before, byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(before, 0, before.length);
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
