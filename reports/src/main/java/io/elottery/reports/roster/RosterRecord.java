package io.elottery.reports.roster;

import io.elottery.foundation.wire.Crc32c;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A roster as it lies on a server's disk: with a checksum, so that a bit that turned over there is
 * found when it is read, and the roster asked for again, instead of being believed.
 */
public final class RosterRecord {
  private static final byte[] MAGIC = "elottery/roster/v2\n".getBytes(StandardCharsets.US_ASCII);

  private RosterRecord() {}

  /** Its bytes. */
  public static byte[] of(Roster roster) {
    WireWriter out = new WireWriter().raw(MAGIC).raw(roster.toBytes());
    return out.i32(Crc32c.of(out.toBytes())).toBytes();
  }

  /**
   * Reads {@link #of}.
   *
   * @throws MalformedMessage when it is not what was written, or of another format
   */
  public static Roster parse(byte[] bytes) throws MalformedMessage {
    int end = bytes.length - Integer.BYTES;
    if (end < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new MalformedMessage("damaged, or of another format: it is no roster of this build");
    }
    byte[] body = Arrays.copyOf(bytes, end);
    if (new WireReader(bytes, end, Integer.BYTES).i32() != Crc32c.of(body)) {
      throw new MalformedMessage("damaged: its checksum differs");
    }
    return Roster.parse(Arrays.copyOfRange(body, MAGIC.length, end));
  }
}
