package io.elottery.lottery.bundle;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;

/**
 * One party in a bundle. The arrays are not to be changed.
 *
 * @param publicKey Ed25519, 32 bytes
 * @param commit 32 bytes
 * @param share 32 bytes
 * @param closeSignature over the closing text, 64 bytes
 */
public record BundleParty(
    String name, byte[] publicKey, byte[] commit, byte[] share, byte[] closeSignature) {
  Json.Fields toJson() {
    return Json.fields()
        .with("name", name)
        .with("publicKey", BytesText.base64(publicKey))
        .with("commit", BytesText.hex(commit))
        .with("share", BytesText.hex(share))
        .with("closeSignature", BytesText.base64(closeSignature));
  }

  static BundleParty fromJson(String where, Json json) throws JsonRefused {
    FieldReader in = FieldReader.of(where, json);
    String name = in.text("name");
    if (!SealedShare.isPartyName(name)) {
      throw new JsonRefused(where + ".name: expected A-Z first, then up to 31 of A-Z 0-9 -");
    }
    BundleParty party =
        new BundleParty(
            name,
            in.base64("publicKey", PartySignature.KEY_LENGTH),
            in.hex("commit", Sha256.LENGTH),
            in.hex("share", SealedShare.SHARE_LENGTH),
            in.base64("closeSignature", PartySignature.LENGTH));
    in.done();
    return party;
  }
}
