package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;

/**
 * A party agrees that a draw is void.
 *
 * @param signature over the void text ({@link
 *     io.elottery.lottery.shares.SealedShare#voidText(String, byte[], String)}), 64 bytes
 */
public record VoidConsent(PartyName party, Octets signature) {
  /** Writes all of it. */
  public void write(WireWriter out) {
    Fields.party(out, party);
    out.raw(signature.ofSize(64, "signature").toBytes());
  }

  /** Reads what {@link #write} wrote. */
  public static VoidConsent read(WireReader in) throws MalformedMessage {
    return new VoidConsent(Fields.party(in), Fields.octets(in, 64));
  }
}
