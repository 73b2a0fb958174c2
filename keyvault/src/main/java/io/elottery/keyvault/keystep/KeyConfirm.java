package io.elottery.keyvault.keystep;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;

/**
 * One end holds the key on its disk.
 *
 * @param link the link's text
 * @param epoch the key's epoch
 * @param check {@link PairKeyGrant#check()} of what it stored
 */
public record KeyConfirm(String link, int epoch, String check) {
  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    byte[] body = new WireWriter().text(link).i32(epoch).text(check).toBytes();
    return new Envelope(KeyvaultKinds.KEY_CONFIRM, KeyvaultKinds.VERSION, body);
  }

  /** Reads it. */
  public static KeyConfirm from(Envelope envelope) throws MalformedMessage {
    WireReader in = new WireReader(envelope.body());
    KeyConfirm confirm = new KeyConfirm(in.text(), in.i32(), in.text());
    in.done();
    return confirm;
  }
}
