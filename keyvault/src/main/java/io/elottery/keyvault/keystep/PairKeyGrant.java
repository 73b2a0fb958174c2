package io.elottery.keyvault.keystep;

import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.secret.Hkdf;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import java.util.HexFormat;

/**
 * A pair key on its way to one end of a link. Travels on an authenticated trunk only.
 *
 * @param link the link's text, {@code worker-1~worker-2/replica}
 * @param epoch the key's epoch, from 1
 * @param key 32 bytes
 */
public record PairKeyGrant(String link, int epoch, Secret key) {
  /** Bytes of a pair key. */
  public static final int KEY_LENGTH = 32;

  /** Checks the ranges. */
  public PairKeyGrant {
    if (link.isEmpty() || epoch < 1 || key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "pair key of \"" + link + "\" epoch " + epoch + ": expected epoch 1 …, 32 bytes");
    }
  }

  /** What the receiver answers once the key is on its disk. */
  public KeyConfirm confirm() {
    return new KeyConfirm(link, epoch, check());
  }

  /** Names the key without saying anything about it: 16 hex digits. */
  public String check() {
    byte[] derived = Hkdf.derive(key, "elottery/key-check/v1", link).reveal(SecretAccess.KEYVAULT);
    return HexFormat.of().formatHex(derived, 0, 8);
  }

  /** As it goes over a trunk. */
  public Envelope toEnvelope() {
    byte[] body =
        new WireWriter().text(link).i32(epoch).raw(key.reveal(SecretAccess.KEYVAULT)).toBytes();
    return new Envelope(KeyvaultKinds.PAIR_KEY, KeyvaultKinds.VERSION, body);
  }

  /** Reads it. */
  public static PairKeyGrant from(Envelope envelope) throws MalformedMessage {
    WireReader in = new WireReader(envelope.body());
    String link = in.text();
    int epoch = in.i32();
    byte[] key = in.raw(KEY_LENGTH);
    in.done();
    if (link.isEmpty() || epoch < 1) {
      throw new MalformedMessage("pair key: link or epoch out of range");
    }
    return new PairKeyGrant(link, epoch, Secret.of(key));
  }
}
