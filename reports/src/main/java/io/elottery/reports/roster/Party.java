package io.elottery.reports.roster;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One who makes the winning numbers with others.
 *
 * @param name {@code [A-Z][A-Z0-9-]{0,31}}
 * @param publicKey Ed25519, 32 bytes
 */
public record Party(String name, byte[] publicKey) {
  private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9-]{0,31}");

  /** Checks and copies. */
  public Party {
    if (!FORM.matcher(name).matches() || publicKey.length != 32) {
      throw new IllegalArgumentException(
          "party \"" + name + "\": expected A-Z first, then A-Z 0-9 -, and a key of 32 bytes");
    }
    publicKey = publicKey.clone();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** As a message, kind {@link ReportsKinds#PARTY_KEY}. */
  public Envelope envelope() {
    WireWriter out = new WireWriter();
    writeTo(out);
    return new Envelope(ReportsKinds.PARTY_KEY, ReportsKinds.VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static Party parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    Party party = readFrom(in);
    in.done();
    return party;
  }

  void writeTo(WireWriter out) {
    out.text(name).raw(publicKey);
  }

  static Party readFrom(WireReader in) throws MalformedMessage {
    try {
      return new Party(in.text(), in.raw(32));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("party: " + wrong.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Party that
        && name.equals(that.name)
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(publicKey);
  }

  @Override
  public String toString() {
    return "Party[" + name + "]";
  }
}
