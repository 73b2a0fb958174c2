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
 * @param detail what the kind needs beyond the target; empty for most
 */
public record Order(
    long id,
    Hemisphere hemisphere,
    long fence,
    Kind kind,
    NodeId target,
    String cause,
    String detail) {

  /** What to do. Codes on the wire are the positions here: only ever append. */
  public enum Kind {
    /** The target is down: replicas that follow a writer there elect another one at once. */
    MOVE_WRITERS,
    /** The target rests: it writes nothing, the others hand no writing to it. */
    CONSERVE,
    /** The target serves again. */
    RELEASE,
    /** The target proves itself and says what it measured. */
    CAPACITY_TEST,
    /** The target hands the writing of a shard to a server; detail: {@code shard-3>worker-5}. */
    HAND_OVER,
    /** Main's own: who lost the target as observer gets another; detail: the pairs. */
    REKNIT,
    /** Main's own: the target leaves the ring, another server takes its copies. */
    REPLACE,
    /** The target leaves the network for good and ends; detail: who proposed, who approved. */
    REMOVE
  }

  /** One without detail. */
  public Order(long id, Hemisphere hemisphere, long fence, Kind kind, NodeId target, String cause) {
    this(id, hemisphere, fence, kind, target, cause, "");
  }

  /** As a message, kind {@link ReportsKinds#ORDER}. */
  public Envelope envelope() {
    WireWriter out =
        new WireWriter()
            .i64(id)
            .u8(hemisphere.ordinal())
            .i64(fence)
            .u8(kind.ordinal())
            .text(target.name())
            .text(cause);
    if (!detail.isEmpty()) {
      out.text(detail);
    }
    return new Envelope(ReportsKinds.ORDER, ReportsKinds.VERSION, out.toBytes());
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
      String detail = in.remaining() > 0 ? in.text() : "";
      in.done();
      return new Order(id, hemisphere, fence, Kind.values()[code], target, cause, detail);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("order " + id + ": " + wrong.getMessage());
    }
  }
}
