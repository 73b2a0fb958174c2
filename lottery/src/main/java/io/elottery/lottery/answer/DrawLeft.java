package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.Fields;

/**
 * How many tickets a draw on sale has left.
 *
 * @param left capacity less sold
 */
public record DrawLeft(DrawId id, int left) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.drawId(out, id);
    out.varint(left);
  }

  /** Reads what {@link #write} wrote. */
  public static DrawLeft read(WireReader in) throws MalformedMessage {
    return new DrawLeft(Fields.drawId(in), in.count(Integer.MAX_VALUE));
  }
}
