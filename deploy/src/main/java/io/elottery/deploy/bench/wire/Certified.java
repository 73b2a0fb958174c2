package io.elottery.deploy.bench.wire;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.ca.P256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority that lives as long as the measurement. One thread. */
public final class Certified {
  private static final char[] IN_MEMORY = "in memory".toCharArray();

  private final RandomSource random;
  private final CertificateAuthority authority;
  private final Map<NodeId, SSLContext> contexts = new HashMap<>();

  /** Makes its authority. */
  public Certified(RandomSource random, Time time) {
    this.random = random;
    this.authority = CertificateAuthority.create("bench", random, time);
  }

  /** Shows a certificate of that server and trusts the authority alone. */
  public SSLContext context(NodeId node, Role role) {
    return contexts.computeIfAbsent(
        node,
        fresh -> {
          try {
            return made(node, role);
          } catch (GeneralSecurityException | CertificateRefused | IOException ours) {
            throw new IllegalStateException("a fresh key gets its certificate", ours);
          }
        });
  }

  private SSLContext made(NodeId node, Role role)
      throws GeneralSecurityException, CertificateRefused, IOException {
    KeyPair pair = P256.generate(random);
    byte[] request = Certificates.signingRequest(CertificateAuthority.subject(node, role), pair);
    X509Certificate own = authority.issue(request, node, role, CertificateAuthority.VALIDITY);
    Certificate[] chain = {own, authority.certificate()};
    KeyStore store = empty();
    store.setKeyEntry("server", pair.getPrivate(), IN_MEMORY, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, IN_MEMORY);
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
