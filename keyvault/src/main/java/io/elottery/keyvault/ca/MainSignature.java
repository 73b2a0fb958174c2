package io.elottery.keyvault.ca;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.bouncycastle.Certificates;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that a main of this network signed something.
 *
 * <p>That its certificate still holds is not checked: what was signed yesterday stays signed when
 * the certificate ends. Any thread.
 */
public final class MainSignature {
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final Pattern SUBJECT = Pattern.compile("CN=([^,]+),OU=([^,]+),O=elottery");

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
    try {
      X509Certificate own = Certificates.parse(certificate);
      own.verify(authority.getPublicKey());
      Matcher subject = SUBJECT.matcher(own.getSubjectX500Principal().getName());
      if (!subject.matches() || !subject.group(2).equals(Role.MAIN.text())) {
        throw new CertificateRefused("signed by somebody who is not a main of this network");
      }
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(own.getPublicKey());
      check.update(message);
      if (!check.verify(signature)) {
        throw new CertificateRefused("the signature of " + subject.group(1) + " does not hold");
      }
      return NodeId.of(subject.group(1));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw new CertificateRefused("certificate or signature does not hold", malformed);
    }
  }
}
