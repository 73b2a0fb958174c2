package io.elottery.keyvault.ca;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import java.security.cert.X509Certificate;

/**
 * Checks that a main of this network signed something.
 *
 * <p>That its certificate still holds is not checked: what was signed yesterday stays signed when
 * the certificate ends. Any thread.
 */
public final class MainSignature {
  private MainSignature() {}

  /**
   * Who signed.
   *
   * @param certificate the signer's own, DER
   * @param authority of this network
   * @throws CertificateRefused when the certificate is not a main's, not of this authority, or the
   *     signature is not over these bytes
   */
  public static NodeId check(
      byte[] message, byte[] signature, byte[] certificate, X509Certificate authority)
      throws CertificateRefused {
    return ServerSignature.check(Role.MAIN, message, signature, certificate, authority);
  }
}
