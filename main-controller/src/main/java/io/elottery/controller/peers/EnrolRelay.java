package io.elottery.controller.peers;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * An enrolment request that came to a main which does not act for LEFT.
 *
 * @param from who asked, as its connection proved
 * @param request the enrolment request's envelope
 */
public record EnrolRelay(Peer from, Envelope request) {
  /** As a message. */
  public Envelope envelope() {
    byte[] body =
        new WireWriter()
            .text(from.id().name())
            .text(from.role().text())
            .u16(request.kind())
            .u8(request.version())
            .bytes(request.body())
            .toBytes();
    return new Envelope(MainKinds.ENROL_RELAY, MainKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static EnrolRelay parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    try {
      Peer from = new Peer(NodeId.of(in.text()), Role.parse(in.text()));
      Envelope request = new Envelope(in.u16(), in.u8(), in.bytes());
      in.done();
      return new EnrolRelay(from, request);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("enrol relay: " + wrong.getMessage());
    }
  }
}
