package io.elottery.foundation.wire;

import java.util.Arrays;

/**
 * One message between servers: what it is, in which version, and its bytes.
 *
 * <p>The high byte of the kind names the module that owns it: 00 calls, 01 heartbeat, 02 ledger, 03
 * keyvault, 04 reports, 05 controller. A receiver that does not know a kind or version drops it,
 * counted. The body is not copied: whoever made it does not change it afterwards.
 *
 * @param kind 0 … 65535
 * @param version 0 … 255
 * @param body at most {@value #BODY_MAX} bytes
 */
public record Envelope(int kind, int version, byte[] body) {
  /** The largest body: 4 MiB. */
  public static final int BODY_MAX = 4 << 20;

  /** Checks the ranges. */
  public Envelope {
    if (kind < 0 || kind > 0xffff || version < 0 || version > 0xff) {
      throw new IllegalArgumentException(
          "kind " + kind + ", version " + version + ": out of range");
    }
    if (body.length > BODY_MAX) {
      throw new IllegalArgumentException(
          "body of " + body.length + " bytes: at most " + BODY_MAX + " go in an envelope");
    }
  }

  /** The module that owns the kind: its high byte. */
  public int module() {
    return kind >>> 8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && kind == that.kind
        && version == that.version
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind + version) + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return String.format("Envelope[%04x v%d, %d bytes]", kind, version, body.length);
  }
}
