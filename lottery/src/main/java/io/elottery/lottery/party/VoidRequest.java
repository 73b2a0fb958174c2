package io.elottery.lottery.party;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;

/**
 * Asks a party whether it agrees that a stalled draw is void; a call over a trunk. The answer is
 * the party's {@link VoidConsent}, or a refusal.
 *
 * @param reason published
 * @param approval hash of what two officers approved; 32 bytes
 */
public record VoidRequest(DrawRef draw, String reason, Octets approval) {
  /** Its kind. */
  public static final int KIND = 0x0601;

  /** The kind of the answer. */
  public static final int CONSENT_KIND = 0x0681;

  private static final int VERSION = 1;

  /** Checks the hash's length. */
  public VoidRequest {
    approval.ofSize(32, "approval");
  }

  /** As a message. */
  public Envelope envelope() {
    WireWriter out = new WireWriter();
    Fields.draw(out, draw);
    out.text(reason).raw(approval.toBytes());
    return new Envelope(KIND, VERSION, out.toBytes());
  }

  /** Reads a message's body. */
  public static VoidRequest parse(byte[] body) throws MalformedMessage {
    try {
      WireReader in = new WireReader(body);
      VoidRequest request = new VoidRequest(Fields.draw(in), in.text(), Fields.octets(in, 32));
      in.done();
      return request;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("void request: " + wrong.getMessage());
    }
  }

  /** The answer to it. */
  public static Envelope answer(VoidConsent consent) {
    WireWriter out = new WireWriter();
    consent.write(out);
    return new Envelope(CONSENT_KIND, VERSION, out.toBytes());
  }

  /** Reads the answer's body. */
  public static VoidConsent consent(byte[] body) throws MalformedMessage {
    try {
      WireReader in = new WireReader(body);
      VoidConsent consent = VoidConsent.read(in);
      in.done();
      return consent;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("void consent: " + wrong.getMessage());
    }
  }
}
