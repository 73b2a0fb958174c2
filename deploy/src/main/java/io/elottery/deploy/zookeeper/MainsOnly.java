package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.Role;
import io.elottery.keyvault.revocation.Revocations;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;
import org.apache.zookeeper.common.X509Exception;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Lets in mains whose certificates are not revoked, and nobody else, whatever certificates the
 * authority gave. The handshake has checked the chain before; ZooKeeper closes the connection of
 * who is refused here, before its first request.
 */
public final class MainsOnly extends X509AuthenticationProvider {
  // ZooKeeper makes this object by its name, so it cannot be handed anything; one server in a JVM.
  private static final AtomicReference<@Nullable Revocations> REVOCATIONS = new AtomicReference<>();

  /** Called by ZooKeeper. */
  public MainsOnly() throws X509Exception {
    super(new Check(), null);
  }

  /** What the server that is started next refuses. */
  static void refuse(Revocations revocations) {
    REVOCATIONS.set(revocations);
  }

  /** Why this client is not let in; empty when it is. */
  static Optional<String> refusal(X509Certificate client) {
    String subject = client.getSubjectX500Principal().getName();
    if (!subject.contains(",OU=" + Role.MAIN.text() + ",")) {
      return Optional.of(subject + " is not a main");
    }
    Revocations revocations = REVOCATIONS.get();
    return revocations == null
        ? Optional.empty()
        : revocations.refusal(client).map(why -> subject + ": " + why);
  }

  private static final class Check implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      Optional<String> refusal = refusal(chain[0]);
      if (refusal.isPresent()) {
        throw new CertificateException(refusal.get());
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
