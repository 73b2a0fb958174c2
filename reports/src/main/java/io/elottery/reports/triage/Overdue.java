package io.elottery.reports.triage;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;

/**
 * A worker's word to the mains that an impulse of a neighbour is a little late: look at once. That
 * is evidence of nothing; it decides only when main probes. That the neighbour was heard after all
 * takes back what the worker may have said meanwhile.
 *
 * @param about the neighbour
 * @param late false when it was heard after all
 */
public record Overdue(NodeId about, boolean late) {
  /** As a message, kind {@link ReportsKinds#OVERDUE}. */
  public Envelope envelope() {
    byte[] body = new WireWriter().text(about.name()).bool(late).toBytes();
    return new Envelope(ReportsKinds.OVERDUE, ReportsKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static Overdue parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    try {
      Overdue overdue = new Overdue(NodeId.of(in.text()), in.bool());
      in.done();
      return overdue;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("overdue: " + wrong.getMessage());
    }
  }
}
