package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.id.Role;
import io.elottery.keyvault.ca.CertificateAuthority;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a main whose chain ends in the authority with a given fingerprint: all that a joining
 * server knows. A worker's certificate of the same authority is not enough, or any worker could
 * collect tokens.
 */
final class FingerprintTrust extends X509ExtendedTrustManager {
  private final String fingerprint;

  FingerprintTrust(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, keyType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, keyType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, keyType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw noClients();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private X509ExtendedTrustManager delegate(X509Certificate[] chain) throws CertificateException {
    X509Certificate authority = chain[chain.length - 1];
    if (!CertificateAuthority.fingerprint(authority).equals(fingerprint)) {
      throw new CertificateException(
          "the other end belongs to another authority than the join token names");
    }
    String subject = chain[0].getSubjectX500Principal().getName();
    if (!subject.contains(",OU=" + Role.MAIN.text() + ",")) {
      throw new CertificateException(subject + " is not a main");
    }
    try {
      for (TrustManager manager : TlsContexts.trustManagers(authority)) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
    } catch (GeneralSecurityException refused) {
      throw new CertificateException("the authority's certificate is not usable", refused);
    }
    throw new CertificateException("the JDK offers no trust manager");
  }

  private static CertificateException noClients() {
    return new CertificateException("a joining server accepts nobody");
  }
}
