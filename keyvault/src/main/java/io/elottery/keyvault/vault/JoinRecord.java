package io.elottery.keyvault.vault;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * What the vault keeps of a join token.
 *
 * @param secretDigest SHA-256 of its secret
 * @param until when it ends
 */
record JoinRecord(NodeId node, Role role, byte[] secretDigest, Instant until) {
  private static final int FORMAT = 1;

  boolean matches(byte[] digest) {
    return MessageDigest.isEqual(secretDigest, digest);
  }

  byte[] encoded() {
    return new WireWriter()
        .u8(FORMAT)
        .text(node.name())
        .text(role.text())
        .raw(secretDigest)
        .i64(until.getEpochSecond())
        .toBytes();
  }

  static JoinRecord decoded(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("join record: format " + format + " is not known");
    }
    try {
      JoinRecord record =
          new JoinRecord(
              NodeId.of(in.text()),
              Role.parse(in.text()),
              in.raw(32),
              Instant.ofEpochSecond(in.i64()));
      in.done();
      return record;
    } catch (IllegalArgumentException outOfForm) {
      throw new MalformedMessage("join record: a field is out of its form");
    }
  }
}
