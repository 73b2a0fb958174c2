package io.elottery.keyvault.keystep;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;

/**
 * One end has done the step.
 *
 * @param link the link's text
 * @param epoch the step's epoch
 * @param step which one
 * @param check {@link PairKeyGrant#check()} of the epoch's key as this end holds it; empty after a
 *     step that leaves no such key there
 */
public record KeyConfirm(String link, int epoch, KeyStep.Step step, String check) {
  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    byte[] body =
        new WireWriter().text(link).i32(epoch).u8(step.ordinal() + 1).text(check).toBytes();
    return new Envelope(KeyvaultKinds.KEY_CONFIRM, KeyvaultKinds.STEP_VERSION, body);
  }

  /** Reads it. */
  public static KeyConfirm from(Envelope envelope) throws MalformedMessage {
    if (envelope.version() != KeyvaultKinds.STEP_VERSION) {
      throw new MalformedMessage("confirmation: version " + envelope.version() + " is not known");
    }
    WireReader in = new WireReader(envelope.body());
    KeyConfirm confirm = new KeyConfirm(in.text(), in.i32(), KeyStep.step(in.u8()), in.text());
    in.done();
    return confirm;
  }
}
