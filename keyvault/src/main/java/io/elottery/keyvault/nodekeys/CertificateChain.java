package io.elottery.keyvault.nodekeys;

import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Checks a chain that main sent before a server takes it for its own. */
final class CertificateChain {
  private CertificateChain() {}

  static List<X509Certificate> check(
      List<byte[]> chain, String authorityFingerprint, String subject, PublicKey key)
      throws CertificateRefused {
    if (chain.size() != 2) {
      throw new CertificateRefused(
          "chain of " + chain.size() + " certificates: expected the server's and the authority's");
    }
    try {
      X509Certificate own = Certificates.parse(chain.get(0));
      X509Certificate authority = Certificates.parse(chain.get(1));
      if (!CertificateAuthority.fingerprint(authority).equals(authorityFingerprint)) {
        throw new CertificateRefused("the certificate is of another authority than expected");
      }
      if (!own.getSubjectX500Principal().equals(new X500Principal(subject))) {
        throw new CertificateRefused(
            "the certificate is for "
                + own.getSubjectX500Principal().getName()
                + ", expected "
                + subject);
      }
      if (!own.getPublicKey().equals(key)) {
        throw new CertificateRefused("the certificate of " + subject + " is for another key");
      }
      own.verify(authority.getPublicKey());
      return List.of(own, authority);
    } catch (GeneralSecurityException malformed) {
      throw new CertificateRefused("the certificate of " + subject + " is malformed", malformed);
    }
  }
}
