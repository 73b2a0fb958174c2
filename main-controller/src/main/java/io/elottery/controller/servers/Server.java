package io.elottery.controller.servers;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.roster.Announce;

/**
 * A server that announced itself at some time.
 *
 * @param announce the last announcement
 */
public record Server(NodeId id, Role role, Announce announce) {
  private static final int FORMAT = 1;

  /** Its record's bytes ({@code docs/formats/controller.md}). */
  public byte[] toBytes() {
    return new WireWriter()
        .u8(FORMAT)
        .text(id.name())
        .text(role.text())
        .bytes(announce.envelope().body())
        .toBytes();
  }

  /** Reads {@link #toBytes}. */
  public static Server parse(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("server record format " + format + ": expected " + FORMAT);
    }
    try {
      Server server =
          new Server(NodeId.of(in.text()), Role.parse(in.text()), Announce.parse(in.bytes()));
      in.done();
      return server;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("server record: " + wrong.getMessage());
    }
  }

  /** Whether roster and records say the same of both. */
  boolean sameFacts(Server other) {
    Announce one = announce;
    Announce two = other.announce;
    return role == other.role
        && one.trunk().equals(two.trunk())
        && one.link().equals(two.link())
        && one.storeId().equals(two.storeId())
        && one.incarnation() == two.incarnation();
  }
}
