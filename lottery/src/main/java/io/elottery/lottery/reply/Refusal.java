package io.elottery.lottery.reply;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;

/**
 * A no, and why. Nothing of what was refused stays behind.
 *
 * @param field which part of the request is at fault ({@code lines[0].main}); empty when none is
 * @param detail one sentence for a person: what came, what was expected, what to do
 */
public record Refusal(RefusalCode code, String field, String detail) {
  /** Writes code, field, detail. */
  public void write(WireWriter out) {
    out.u8(code.ordinal()).text(field).text(detail);
  }

  /** Reads what {@link #write} wrote. */
  public static Refusal read(WireReader in) throws MalformedMessage {
    return new Refusal(Fields.choice(in, RefusalCode.values()), in.text(), in.text());
  }

  @Override
  public String toString() {
    return code + (field.isEmpty() ? "" : " (" + field + ")") + ": " + detail;
  }
}
