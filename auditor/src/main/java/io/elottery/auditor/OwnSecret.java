package io.elottery.auditor;

import io.elottery.keyvault.vault.DrawSecret;
import io.elottery.lottery.party.PartySecret;

/** The auditor's own draw secret, kept in its own key store: no vault of the operator holds it. */
final class OwnSecret implements PartySecret {
  private final DrawSecret secret;

  OwnSecret(DrawSecret secret) {
    this.secret = secret;
  }

  @Override
  public byte[] publicKey() {
    return secret.signer().publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    return secret.signer().sign(message);
  }

  @Override
  public byte[] share(String draw) {
    return secret.share(draw);
  }
}
