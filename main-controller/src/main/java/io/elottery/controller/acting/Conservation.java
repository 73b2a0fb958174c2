package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Instant;

/**
 * That a worker rests, as recorded under {@code conserved/}.
 *
 * @param by who wants it: a member of the staff, or main
 * @param since when it was ordered; of a released one, when it was released
 * @param released whether it serves again
 */
record Conservation(NodeId worker, String by, String reason, Instant since, boolean released) {
  private static final int FORMAT = 1;

  Conservation release(Instant at) {
    return new Conservation(worker, by, reason, at, true);
  }

  byte[] encode() {
    return new WireWriter()
        .u8(FORMAT)
        .text(worker.name())
        .text(by)
        .text(reason)
        .i64(since.toEpochMilli())
        .bool(released)
        .toBytes();
  }

  static Conservation decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("conservation: format " + format + " is not known");
    }
    try {
      Conservation read =
          new Conservation(
              NodeId.of(in.text()),
              in.text(),
              in.text(),
              Instant.ofEpochMilli(in.i64()),
              in.bool());
      in.done();
      return read;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("conservation: " + wrong.getMessage());
    }
  }
}
