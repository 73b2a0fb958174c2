package io.elottery.controller.peers;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.order.Lead;
import io.elottery.reports.verdict.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a half's leader tells the other mains every second and on each change, so that each of them
 * can answer for the whole network and a substitute goes on where the leader ended.
 *
 * @param lead the half, its leader and fence
 * @param judgements of all its workers
 */
public record Share(Lead lead, List<Judgement> judgements) {
  private static final int WORKERS_MAX = 10_000;

  /** Copies. */
  public Share {
    judgements = List.copyOf(judgements);
  }

  /** As a message. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(1024);
    lead.writeTo(out);
    out.varint(judgements.size());
    judgements.forEach(judgement -> judgement.writeTo(out));
    return new Envelope(MainKinds.SHARE, MainKinds.VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static Share parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    Lead lead = Lead.readFrom(in);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = in.count(WORKERS_MAX); i > 0; i--) {
      judgements.add(Judgement.readFrom(in));
    }
    in.done();
    return new Share(lead, judgements);
  }
}
