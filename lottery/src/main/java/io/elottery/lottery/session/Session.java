package io.elottery.lottery.session;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;

/**
 * Somebody is signed in, until then. Only the token's hash is known here.
 *
 * @param tokenHash SHA-256 of the token, 32 bytes
 * @param expiresAt milliseconds since 1970; at that moment it is over
 */
public record Session(Octets tokenHash, long expiresAt) {
  /** Whether it is over at that stamp. */
  public boolean isOver(long stamp) {
    return stamp >= expiresAt;
  }

  /** Writes hash and end. */
  public void write(WireWriter out) {
    out.raw(tokenHash.toBytes()).i64(expiresAt);
  }

  /** Reads what {@link #write} wrote. */
  public static Session read(WireReader in) throws MalformedMessage {
    return new Session(Fields.octets(in, 32), in.i64());
  }
}
