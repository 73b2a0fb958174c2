package io.elottery.keyvault.ca;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.bouncycastle.Certificates;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a server of this network signed something.
 *
 * <p>That its certificate still holds is not checked: what was signed yesterday stays signed when
 * the certificate ends. Any thread.
 */
public final class ServerSignature {
  private static final Logger log = LoggerFactory.getLogger(ServerSignature.class);
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final Pattern SUBJECT = Pattern.compile("CN=([^,]+),OU=([^,]+),O=elottery");

  private ServerSignature() {}

  /**
   * Who signed.
   *
   * @param role which the signer must have
   * @param certificate the signer's own, DER
   * @param authority of this network
   * @throws CertificateRefused when the certificate is of another role, not of this authority, or
   *     the signature is not over these bytes
   */
  public static NodeId check(
      Role role, byte[] message, byte[] signature, byte[] certificate, X509Certificate authority)
      throws CertificateRefused {
    try {
      X509Certificate own = Certificates.parse(certificate);
      own.verify(authority.getPublicKey());
      Matcher subject = SUBJECT.matcher(own.getSubjectX500Principal().getName());
      if (!subject.matches() || !subject.group(2).equals(role.text())) {
        throw new CertificateRefused(
            "signed by somebody who is no " + role.text() + " of this network");
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

  /**
   * Whether exactly this server signed; why not is logged.
   *
   * @param certificate the signer's own, DER
   * @param authority of this network; while it is not known nothing holds
   */
  public static boolean isBy(
      NodeId server,
      Role role,
      byte[] message,
      byte[] signature,
      byte[] certificate,
      Optional<X509Certificate> authority) {
    try {
      X509Certificate root =
          authority.orElseThrow(() -> new CertificateRefused("no authority is known yet"));
      NodeId signer = check(role, message, signature, certificate, root);
      if (!signer.equals(server)) {
        throw new CertificateRefused("signed by " + signer);
      }
      return true;
    } catch (CertificateRefused refused) {
      log.warn("what should be of {} is not: {}", server, refused.getMessage());
      return false;
    }
  }
}
