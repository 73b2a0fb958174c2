package io.elottery.controller.peers;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * LEFT's leader to a half's: let this main lead it.
 *
 * @param half that is handed over
 * @param fence of the half's leader who is asked; it acts under no other
 * @param to who stands for it
 */
public record HandOver(Hemisphere half, long fence, NodeId to) {
  /** As a message, kind {@link MainKinds#HAND_OVER}. */
  public Envelope envelope() {
    byte[] body = new WireWriter().u8(half.ordinal()).i64(fence).text(to.name()).toBytes();
    return new Envelope(MainKinds.HAND_OVER, MainKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static HandOver parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    Hemisphere half = in.bool() ? Hemisphere.RIGHT : Hemisphere.LEFT;
    try {
      HandOver handOver = new HandOver(half, in.i64(), NodeId.of(in.text()));
      in.done();
      return handOver;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("hand-over: " + wrong.getMessage());
    }
  }
}
