package io.elottery.controller.peers;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.pieces.Giver;
import java.util.Optional;

/**
 * A key piece or passphrase that one main was given, passed to the others so that all open
 * together. Secret: printed, it shows who gave it only.
 *
 * @param text the piece as on the paper, or the passphrase
 */
public record VaultGift(String text, Giver giver) {
  /** As a message. */
  public Envelope envelope() {
    byte[] body =
        new WireWriter(160)
            .text(text)
            .text(giver.person())
            .text(giver.set().map(Hemisphere::name).orElse(""))
            .toBytes();
    return new Envelope(MainKinds.VAULT_GIFT, MainKinds.VERSION, body);
  }

  /** Reads a message's body. */
  public static VaultGift parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    try {
      String text = in.text();
      String person = in.text();
      String set = in.text();
      in.done();
      return new VaultGift(
          text,
          new Giver(
              person, set.isEmpty() ? Optional.empty() : Optional.of(Hemisphere.valueOf(set))));
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("vault gift: its set is no half");
    }
  }

  @Override
  public String toString() {
    return "VaultGift of " + giver.person();
  }
}
