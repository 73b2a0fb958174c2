package io.elottery.reports.order;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Instant;

/**
 * An order with what became of it, as mains record it.
 *
 * @param givenAt when the leader gave it
 * @param changedAt when its state became what it is
 * @param outcome one sentence; empty while nothing is known
 */
public record OrderRecord(
    Order order, Instant givenAt, State state, Instant changedAt, String outcome) {
  private static final int FORMAT = 1;

  /** How far an order is. Codes on disk are the positions here: only ever append. */
  public enum State {
    /** Given; what came of it is not known yet. */
    UNDER_WAY,
    /** Cannot be done yet; the outcome says what it waits for. */
    WAITS,
    /** Done. */
    DONE,
    /** Not done; the outcome says why. */
    FAILED,
    /** Its cause went away before it was done. */
    WITHDRAWN,
    /** Done, and taken back after its cause went away. */
    UNDONE;

    /** Whether nothing more will become of it. */
    public boolean isFinal() {
      return this == FAILED || this == WITHDRAWN || this == UNDONE;
    }
  }

  /** One just given. */
  public static OrderRecord given(Order order, Instant at) {
    return new OrderRecord(order, at, State.UNDER_WAY, at, "");
  }

  /** {@code LEFT-17}: unique in the network. */
  public String name() {
    return order.hemisphere() + "-" + order.id();
  }

  /** The same, further on. */
  public OrderRecord become(State next, Instant at, String words) {
    return new OrderRecord(order, givenAt, next, at, words);
  }

  /** Its bytes: format, the order's body, times, state, outcome. */
  public byte[] encode() {
    return new WireWriter()
        .u8(FORMAT)
        .bytes(order.envelope().body())
        .i64(givenAt.toEpochMilli())
        .u8(state.ordinal())
        .i64(changedAt.toEpochMilli())
        .text(outcome)
        .toBytes();
  }

  /** Reads {@link #encode}. */
  public static OrderRecord decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("order record: format " + format + " is not known");
    }
    Order order = Order.parse(in.bytes());
    Instant givenAt = Instant.ofEpochMilli(in.i64());
    int code = in.u8();
    if (code >= State.values().length) {
      throw new MalformedMessage("order record: state " + code + " is not known");
    }
    OrderRecord record =
        new OrderRecord(
            order, givenAt, State.values()[code], Instant.ofEpochMilli(in.i64()), in.text());
    in.done();
    return record;
  }
}
