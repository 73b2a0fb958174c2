package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.HeartbeatKinds;

/** The listener's first frame: whom it has recognised. Name and role as text. */
final class Welcome {
  private static final int VERSION = 1;

  private Welcome() {}

  static Envelope to(Peer recognised) {
    byte[] body =
        new WireWriter().text(recognised.id().name()).text(recognised.role().text()).toBytes();
    return new Envelope(HeartbeatKinds.WELCOME, VERSION, body);
  }

  static Peer recognised(Envelope envelope) throws MalformedMessage {
    if (envelope.kind() != HeartbeatKinds.WELCOME || envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": expected a welcome first");
    }
    WireReader in = new WireReader(envelope.body());
    String id = in.text();
    String role = in.text();
    in.done();
    try {
      return new Peer(NodeId.of(id), Role.parse(role));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
