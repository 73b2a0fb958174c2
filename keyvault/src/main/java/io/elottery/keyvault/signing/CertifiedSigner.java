package io.elottery.keyvault.signing;

import java.util.List;

/**
 * Signs with a server's certificate key (ECDSA P-256, SHA-256, DER). Not deterministic. Any thread;
 * about half a millisecond.
 */
public interface CertifiedSigner {
  /** The signature of exactly these bytes. */
  byte[] sign(byte[] message);

  /**
   * What proves whose signature it is: DER, the server's own certificate first, the authority's
   * last.
   *
   * @throws IllegalStateException before there is a certificate
   */
  List<byte[]> chain();
}
