package io.elottery.ledger.head;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.Testimony;

/**
 * A head as one copy's server signed it.
 *
 * @param voters how many copies had a vote then, as the signer knew
 */
public record SignedHead(Head head, int voters, Testimony.Seal seal) {
  private static final int VERSION = 1;

  /** Checks the range. */
  public SignedHead {
    if (voters < 1 || voters > CountersignedHead.SIGNERS_MAX) {
      throw new IllegalArgumentException("a head of " + voters + " voters");
    }
  }

  /** The bytes that the server signed, if it did. */
  public byte[] statementOf(NodeId server) {
    return head.statement(server, voters);
  }

  /** As an envelope. */
  public Envelope envelope() {
    WireWriter out = new WireWriter(768);
    head.write(out);
    write(out);
    return new Envelope(LedgerKinds.HEAD, VERSION, out.toBytes());
  }

  /** All but the head. */
  void write(WireWriter out) {
    out.u8(voters).bytes(seal.signature()).bytes(seal.certificate());
  }

  /** Reads {@link #envelope()}. */
  public static SignedHead of(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage(envelope + ": this build reads version " + VERSION);
    }
    WireReader in = new WireReader(envelope.body());
    SignedHead signed = read(Head.read(in), in);
    in.done();
    return signed;
  }

  static SignedHead read(Head head, WireReader in) throws MalformedMessage {
    try {
      return new SignedHead(head, in.u8(), new Testimony.Seal(in.bytes(), in.bytes()));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
