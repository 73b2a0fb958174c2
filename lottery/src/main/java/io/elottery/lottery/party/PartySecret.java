package io.elottery.lottery.party;

/**
 * What only one party can do. The same draw always has the same share, also after a crash; no share
 * says anything about another draw's. Called on the runner's loop.
 */
public interface PartySecret {
  /** The party's Ed25519 public key, 32 bytes. */
  byte[] publicKey();

  /** The Ed25519 signature of these bytes, 64 bytes. */
  byte[] sign(byte[] message);

  /**
   * The party's share of the draw, 32 bytes.
   *
   * @param draw {@code game:id}
   */
  byte[] share(String draw);
}
