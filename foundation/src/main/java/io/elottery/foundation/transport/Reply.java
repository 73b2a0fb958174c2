package io.elottery.foundation.transport;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.transport.Rejections.Why;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;

/** The way back from a {@link Switchboard}'s handler to one call. */
final class Reply implements CallHandler.Answer {
  static final int CODE_MAX = 64;
  static final int DETAIL_MAX = 500;
  private static final int FRAME_LENGTH = 12; // lane, call id, kind, version

  private final Transport transport;
  private final Rejections rejections;
  private final Peer to;
  private final int callerLane;
  private final long id;
  private boolean used;

  Reply(Transport transport, Rejections rejections, Peer to, int callerLane, long id) {
    this.transport = transport;
    this.rejections = rejections;
    this.to = to;
    this.callerLane = callerLane;
    this.id = id;
  }

  /** Whether it fits into the frame of a call. */
  static boolean fits(Envelope inner) {
    return inner.body().length <= Envelope.BODY_MAX - FRAME_LENGTH;
  }

  static Envelope framed(int frame, int lane, long id, Envelope inner) {
    byte[] body =
        new WireWriter(inner.body().length + FRAME_LENGTH)
            .u8(lane)
            .i64(id)
            .u16(inner.kind())
            .u8(inner.version())
            .raw(inner.body())
            .toBytes();
    return new Envelope(frame, Switchboard.VERSION, body);
  }

  @Override
  public void reply(Envelope reply) {
    if (fits(reply)) {
      send(framed(Switchboard.RESPONSE, callerLane, id, reply));
    } else {
      refuseOnly("TOO_LARGE", "the answer of " + reply.body().length + " bytes does not fit");
    }
  }

  @Override
  public void refuse(String code, String detail) {
    if (!used) {
      switch (code) {
        case "MALFORMED" -> rejections.add(Why.MALFORMED, to, detail);
        case "NOT_ALLOWED" -> rejections.add(Why.WRONG_SENDER, to, detail);
        case "OLD_FENCE" -> rejections.add(Why.STALE, to, detail);
        default -> {}
      }
    }
    refuseOnly(code, detail);
  }

  /** Refuses what was counted already. */
  void refuseOnly(String code, String detail) {
    byte[] body =
        new WireWriter()
            .u8(callerLane)
            .i64(id)
            .text(MalformedMessage.harmless(code, CODE_MAX))
            .text(MalformedMessage.harmless(detail, DETAIL_MAX))
            .toBytes();
    send(new Envelope(Switchboard.REFUSAL, Switchboard.VERSION, body));
  }

  private void send(Envelope envelope) {
    if (!used) {
      used = true;
      transport.send(to.id(), envelope);
    }
  }
}
