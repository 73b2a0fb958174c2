package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import java.util.Optional;

/**
 * How far a party has come in a draw.
 *
 * @param commit 32 bytes
 * @param signature over the closing text, 64 bytes
 * @param share 32 bytes
 */
public record PartySteps(
    PartyKey party, Optional<Octets> commit, Optional<Octets> signature, Optional<Octets> share) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    party.write(out);
    Fields.optional(out, commit, Fields::octets);
    Fields.optional(out, signature, Fields::octets);
    Fields.optional(out, share, Fields::octets);
  }

  /** Reads what {@link #write} wrote. */
  public static PartySteps read(WireReader in) throws MalformedMessage {
    return new PartySteps(
        PartyKey.read(in),
        Fields.optional(in, Fields::octets),
        Fields.optional(in, Fields::octets),
        Fields.optional(in, Fields::octets));
  }
}
