package io.elottery.keyvault.nodekeys;

import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts over keys that are in memory. */
final class TlsContexts {
  private static final char[] IN_MEMORY = "in memory".toCharArray();

  private TlsContexts() {}

  /** Shows the chain and trusts its last certificate alone. */
  static SSLContext mutual(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore(key, chain, IN_MEMORY), IN_MEMORY);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trustManagers(chain.get(chain.size() - 1)), null);
    return context;
  }

  /** Shows nothing and trusts mains under the authority with this fingerprint. */
  static SSLContext trustOnly(String authorityFingerprint) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new FingerprintTrust(authorityFingerprint)}, null);
      return context;
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("TLS 1.3 is in every JDK", absent);
    }
  }

  static TrustManager[] trustManagers(X509Certificate authority) throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trustStore(authority));
    return trust.getTrustManagers();
  }

  /** A PKCS #12 store with the key and its chain. */
  static KeyStore keyStore(PrivateKey key, List<X509Certificate> chain, char[] password)
      throws GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry("server", key, password, chain.toArray(new Certificate[0]));
    return store;
  }

  /** A PKCS #12 store that trusts the authority. */
  static KeyStore trustStore(X509Certificate authority) throws GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", authority);
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException inMemory) {
      throw new GeneralSecurityException(Secret.HIDDEN, inMemory);
    }
  }
}
