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
 */
record LinkHello(LinkId link, Channel channel) {
  private static final int VERSION = 1;

  Envelope toEnvelope() {
    byte[] body = new WireWriter().text(link.toString()).u8(channel.ordinal()).toBytes();
    return new Envelope(HeartbeatKinds.LINK_HELLO, VERSION, body);
  }

  static LinkHello of(Envelope envelope) throws MalformedMessage {
    if (envelope.kind() != HeartbeatKinds.LINK_HELLO || envelope.version() != VERSION) {
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
      return new LinkHello(LinkId.parse(link), Channel.values()[channel]);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
