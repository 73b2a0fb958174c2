package io.elottery.reports.order;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;

/**
 * What main tells a server to do. The receiver asks its {@link FenceGate} first; the same id again
 * is done once.
 *
 * @param id unique under its fence; grows
 * @param hemisphere in whose name
 * @param fence of the leader who gives it
 * @param target the server it is about, not always the receiver
 * @param cause the verdict's evidence, for the record
 */
public record Order(
    long id, Hemisphere hemisphere, long fence, Kind kind, NodeId target, String cause) {

  /** What to do. Codes on the wire are the positions here: only ever append. */
  public enum Kind {
    /** The target is down: replicas that follow a writer there elect another one at once. */
    MOVE_WRITERS
  }

  /** As a message, kind {@link ReportsKinds#ORDER}. */
  public Envelope envelope() {
    byte[] body =
        new WireWriter()
            .i64(id)
            .u8(hemisphere.ordinal())
            .i64(fence)
            .u8(kind.ordinal())
            .text(target.name())
            .text(cause)
            .toBytes();
    return new Envelope(ReportsKinds.ORDER, ReportsKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static Order parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    long id = in.i64();
    Hemisphere hemisphere = in.bool() ? Hemisphere.RIGHT : Hemisphere.LEFT;
    long fence = in.i64();
    int code = in.u8();
    if (code >= Kind.values().length) {
      throw new MalformedMessage("order " + id + ": kind " + code + " is not known here");
    }
    try {
      NodeId target = NodeId.of(in.text());
      String cause = in.text();
      in.done();
      return new Order(id, hemisphere, fence, Kind.values()[code], target, cause);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("order " + id + ": " + wrong.getMessage());
    }
  }
}
