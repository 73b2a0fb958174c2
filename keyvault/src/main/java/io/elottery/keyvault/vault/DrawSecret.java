package io.elottery.keyvault.vault;

import io.elottery.keyvault.bouncycastle.Ed25519;
import io.elottery.keyvault.secret.Hkdf;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.secret.SecretAccess;
import io.elottery.keyvault.signing.Signer;

/**
 * What a party of the draws keeps: its signing key and, for every draw, its share. A share says
 * nothing about the secret or about another draw's share, and is the same again after a crash.
 */
public final class DrawSecret {
  /** Bytes of the secret. */
  public static final int LENGTH = 32;

  private static final String SALT = "elottery/draw-secret/v1";

  private final Secret secret;
  private final Signer signer;

  private DrawSecret(Secret secret) {
    this.secret = secret;
    this.signer = Ed25519.signer(Hkdf.derive(secret, SALT, "signing"));
  }

  /** Over 32 secret bytes. */
  public static DrawSecret of(Secret secret) {
    if (secret.length() != LENGTH) {
      throw new IllegalArgumentException("draw secret of " + secret.length() + " bytes: not 32");
    }
    return new DrawSecret(secret);
  }

  /** The party's Ed25519 key. */
  public Signer signer() {
    return signer;
  }

  /**
   * The party's 32-byte share of the draw. To be handed out only once every party has signed the
   * closing of that draw.
   *
   * @param draw {@code game:id}
   */
  public byte[] share(String draw) {
    return Hkdf.derive(secret, SALT, "share:" + draw).reveal(SecretAccess.KEYVAULT);
  }

  @Override
  public String toString() {
    return Secret.HIDDEN;
  }
}
