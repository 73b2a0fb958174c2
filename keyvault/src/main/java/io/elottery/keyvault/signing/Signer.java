package io.elottery.keyvault.signing;

/**
 * Signs with one Ed25519 key (RFC 8032). Deterministic: the same message gives the same 64 bytes.
 * Any thread; tens of microseconds, so not on a loop that must not wait.
 */
public interface Signer {
  /** The 32-byte public key. */
  byte[] publicKey();

  /** The 64-byte signature of exactly these bytes. */
  byte[] sign(byte[] message);
}
