package io.elottery.lottery.draw;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;

/**
 * A party and the key its signatures verify with.
 *
 * @param publicKey Ed25519, 32 bytes
 */
public record PartyKey(PartyName name, Octets publicKey) {
  /** Checks the key's size. */
  public PartyKey {
    publicKey.ofSize(32, "public key of " + name);
  }

  /** Writes name and key. */
  public void write(WireWriter out) {
    Fields.party(out, name);
    out.raw(publicKey.toBytes());
  }

  /** Reads what {@link #write} wrote. */
  public static PartyKey read(WireReader in) throws MalformedMessage {
    return new PartyKey(Fields.party(in), Fields.octets(in, 32));
  }
}
