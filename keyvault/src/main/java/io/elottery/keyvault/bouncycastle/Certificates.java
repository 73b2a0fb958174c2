package io.elottery.keyvault.bouncycastle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Builds and reads X.509 certificates (RFC 5280) and signing requests (RFC 2986), ECDSA P-256. */
public final class Certificates {
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private Certificates() {}

  /** From when to when a certificate holds. */
  public record Period(Instant from, Instant until) {}

  /** A signing request for this subject, signed by the pair's private key. DER. */
  public static byte[] signingRequest(String subject, KeyPair pair)
      throws GeneralSecurityException {
    try {
      return new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic())
          .build(signer(pair.getPrivate()))
          .getEncoded();
    } catch (IOException encoding) {
      throw new GeneralSecurityException("signing request cannot be encoded", encoding);
    }
  }

  /**
   * The key a signing request is about.
   *
   * @throws GeneralSecurityException when it is malformed, or not signed by that key
   */
  public static PublicKey requestedKey(byte[] signingRequest) throws GeneralSecurityException {
    try {
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(signingRequest);
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new GeneralSecurityException("the signing request is not signed by its own key");
      }
      return key;
    } catch (IOException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException malformed) {
      throw new GeneralSecurityException("the signing request is malformed", malformed);
    }
  }

  /** A self-signed certificate that may issue others, but none that may issue again. */
  public static X509Certificate authority(
      String subject, KeyPair pair, BigInteger serial, Period period)
      throws GeneralSecurityException {
    X500Name name = new X500Name(subject);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, serial, Date.from(period.from), Date.from(period.until), name, pair.getPublic());
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    } catch (IOException encoding) {
      throw new GeneralSecurityException("extensions cannot be encoded", encoding);
    }
    return built(builder, pair.getPrivate());
  }

  /**
   * A certificate for both ends of TLS.
   *
   * @param hosts DNS names and IPv4 addresses it may be reached by
   */
  public static X509Certificate server(
      X509Certificate authority,
      PrivateKey authorityKey,
      String subject,
      PublicKey key,
      List<String> hosts,
      BigInteger serial,
      Period period)
      throws GeneralSecurityException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            authority.getSubjectX500Principal(),
            serial,
            Date.from(period.from),
            Date.from(period.until),
            new javax.security.auth.x500.X500Principal(subject),
            key);
    GeneralName[] names =
        hosts.stream()
            .distinct()
            .map(
                host ->
                    new GeneralName(
                        IPV4.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new);
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(
                  new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                  }))
          .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
          .addExtension(
              Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
    } catch (IOException encoding) {
      throw new GeneralSecurityException("extensions cannot be encoded", encoding);
    }
    return built(builder, authorityKey);
  }

  /** The DNS names and IPv4 addresses a certificate may be reached by. */
  public static List<String> hosts(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> hosts = new ArrayList<>();
    if (names != null) {
      for (List<?> name : names) {
        if (name.size() > 1 && name.get(1) instanceof String host) {
          hosts.add(host);
        }
      }
    }
    return hosts;
  }

  /** Reads one certificate, DER. */
  public static X509Certificate parse(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static X509Certificate built(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return parse(builder.build(signer(key)).getEncoded());
    } catch (IOException encoding) {
      throw new GeneralSecurityException("certificate cannot be encoded", encoding);
    }
  }

  private static ContentSigner signer(PrivateKey key) throws GeneralSecurityException {
    try {
      return new JcaContentSignerBuilder(ALGORITHM).build(key);
    } catch (OperatorCreationException refused) {
      throw new GeneralSecurityException(ALGORITHM + " refused the key", refused);
    }
  }
}
