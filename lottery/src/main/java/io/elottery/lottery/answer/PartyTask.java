package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import java.time.Instant;

/**
 * A draw that waits for a party.
 *
 * @param since when the draw came to where it is
 */
public record PartyTask(DrawRef draw, Kind kind, Instant since) {
  /** Which step is due. */
  public enum Kind {
    /** Commit to a share. */
    COMMIT,
    /** Fetch the leaves and sign the root. */
    SIGN,
    /** Reveal the share. */
    REVEAL,
    /** Count the winners and certify. */
    CERTIFY
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.draw(out, draw);
    out.u8(kind.ordinal());
    Fields.instant(out, since);
  }

  /** Reads what {@link #write} wrote. */
  public static PartyTask read(WireReader in) throws MalformedMessage {
    return new PartyTask(Fields.draw(in), Fields.choice(in, Kind.values()), Fields.instant(in));
  }
}
