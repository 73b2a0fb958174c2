package io.elottery.reports.order;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;

/**
 * A main's word that it acts for a hemisphere; sent to every server before its first order.
 *
 * @param fence positive; the number under which it acts
 */
public record Lead(Hemisphere hemisphere, NodeId leader, long fence) {
  /** Checks the fence. */
  public Lead {
    if (fence < 1) {
      throw new IllegalArgumentException("fence " + fence + ": expected 1 or more");
    }
  }

  /** As a message, kind {@link ReportsKinds#LEAD}. */
  public Envelope envelope() {
    WireWriter out = new WireWriter();
    writeTo(out);
    return new Envelope(ReportsKinds.LEAD, ReportsKinds.VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static Lead parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    Lead lead = readFrom(in);
    in.done();
    return lead;
  }

  /** Writes it as bytes. */
  public void writeTo(WireWriter out) {
    out.u8(hemisphere.ordinal()).text(leader.name()).i64(fence);
  }

  /** Reads {@link #writeTo}. */
  public static Lead readFrom(WireReader in) throws MalformedMessage {
    boolean right = in.bool();
    try {
      return new Lead(right ? Hemisphere.RIGHT : Hemisphere.LEFT, NodeId.of(in.text()), in.i64());
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("lead: " + wrong.getMessage());
    }
  }
}
