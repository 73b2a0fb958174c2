package io.elottery.keyvault.forecast;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.renewal.CertificateAge;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * The newest certificate known of a server.
 *
 * @param node whose it is
 * @param role as which
 * @param certificate itself; public
 */
public record KnownCertificate(NodeId node, Role role, X509Certificate certificate) {
  /** Of a certificate in DER. */
  public static KnownCertificate of(NodeId node, Role role, byte[] der) throws CertificateRefused {
    try {
      return new KnownCertificate(node, role, Certificates.parse(der));
    } catch (GeneralSecurityException malformed) {
      throw new CertificateRefused("the certificate of " + node + " is malformed", malformed);
    }
  }

  /** From when to when it holds. */
  public CertificateAge age() {
    return CertificateAge.of(certificate);
  }

  /** Whether it takes the other one's place: it began to hold later. */
  boolean isNewerThan(KnownCertificate other) {
    return age().from().isAfter(other.age().from());
  }

  void write(WireWriter out) {
    try {
      out.text(node.name()).text(role.text()).bytes(certificate.getEncoded());
    } catch (CertificateEncodingException broken) {
      throw new IllegalStateException("a parsed certificate has its encoding", broken);
    }
  }

  static KnownCertificate read(WireReader in) throws MalformedMessage {
    try {
      return of(NodeId.of(in.text()), Role.parse(in.text()), in.bytes());
    } catch (IllegalArgumentException | CertificateRefused wrong) {
      throw new MalformedMessage("known certificate: " + wrong.getMessage());
    }
  }
}
