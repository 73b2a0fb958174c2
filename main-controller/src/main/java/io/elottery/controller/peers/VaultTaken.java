package io.elottery.controller.peers;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * What one main did with a piece, and how its vault stands now.
 *
 * @param code empty when it was taken, else why not: {@code SAME_PERSON}
 * @param words why not, for a person
 */
public record VaultTaken(String code, String words, VaultState state) {
  /** Whether the piece was taken. */
  public boolean isTaken() {
    return code.isEmpty();
  }

  /** As a message. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(256).text(code).text(words);
    state.writeTo(out);
    return new Envelope(MainKinds.VAULT_TAKEN, MainKinds.VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static VaultTaken parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    VaultTaken taken = new VaultTaken(in.text(), in.text(), VaultState.readFrom(in));
    in.done();
    return taken;
  }
}
