package io.elottery.heartbeat.netty;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.connection.HeartbeatKinds;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkId;

/**
 * The dialler's first frame on a link: which link, and which of its two connections.
 *
 * @param link also what the key was for, or the listener refuses
 * @param takesOver whether the dialler holds an older connection, which ends in good order
 */
record LinkHello(LinkId link, Channel channel, boolean takesOver) {
  private static final int FRESH = 1;
  private static final int TAKES_OVER = 2;

  Envelope toEnvelope() {
    byte[] body = new WireWriter().text(link.toString()).u8(channel.ordinal()).toBytes();
    return new Envelope(HeartbeatKinds.LINK_HELLO, takesOver ? TAKES_OVER : FRESH, body);
  }

  static LinkHello of(Envelope envelope) throws MalformedMessage {
    int version = envelope.version();
    if (envelope.kind() != HeartbeatKinds.LINK_HELLO
        || (version != FRESH && version != TAKES_OVER)) {
      throw new MalformedMessage(envelope + ": expected a link's hello first");
    }
    WireReader in = new WireReader(envelope.body());
    String link = in.text();
    int channel = in.u8();
    in.done();
    if (channel >= Channel.values().length) {
      throw new MalformedMessage("link channel " + channel + ": expected 0 or 1");
    }
    try {
      return new LinkHello(LinkId.parse(link), Channel.values()[channel], version == TAKES_OVER);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
