package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;

/**
 * What is kept of a password: PBKDF2-HMAC-SHA256 of it, never the password. Made and checked by the
 * gateway.
 *
 * @param hash 32 bytes
 * @param salt 16 bytes
 * @param rounds 1 or more
 */
public record PasswordHash(Octets hash, Octets salt, int rounds) {
  /** Checks the sizes. */
  public PasswordHash {
    hash.ofSize(32, "password hash");
    salt.ofSize(16, "password salt");
    if (rounds < 1) {
      throw new IllegalArgumentException("password rounds " + rounds + ": expected 1 or more");
    }
  }

  /** Writes hash, salt, rounds. */
  public void write(WireWriter out) {
    out.raw(hash.toBytes()).raw(salt.toBytes()).varint(rounds);
  }

  /** Reads what {@link #write} wrote. */
  public static PasswordHash read(WireReader in) throws MalformedMessage {
    return new PasswordHash(
        Fields.octets(in, 32), Fields.octets(in, 16), in.count(Integer.MAX_VALUE));
  }

  @Override
  public String toString() {
    return "PasswordHash[«secret»]";
  }
}
