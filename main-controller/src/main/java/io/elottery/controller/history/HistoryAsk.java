package io.elottery.controller.history;

import io.elottery.controller.peers.MainKinds;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.history.Resolution;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Asks another main for buckets that begin in this time.
 *
 * @param to exclusive
 */
record HistoryAsk(Resolution resolution, Instant from, Instant to) {
  Envelope envelope() {
    byte[] body =
        new WireWriter(20)
            .u8(resolution.ordinal())
            .i64(from.getEpochSecond())
            .i64(to.getEpochSecond())
            .toBytes();
    return new Envelope(MainKinds.HISTORY_ASK, MainKinds.VERSION, body);
  }

  static HistoryAsk parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    int resolution = in.u8();
    if (resolution >= Resolution.values().length) {
      throw new MalformedMessage("resolution " + resolution);
    }
    try {
      HistoryAsk ask =
          new HistoryAsk(
              Resolution.values()[resolution],
              Instant.ofEpochSecond(in.i64()),
              Instant.ofEpochSecond(in.i64()));
      in.done();
      return ask;
    } catch (DateTimeException wrong) {
      throw new MalformedMessage("history is asked for: " + wrong.getMessage());
    }
  }
}
