package io.elottery.heartbeat.registry.curator;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.apache.zookeeper.common.X509Exception;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;

/**
 * Lets only mains in, whatever other certificates the authority gave. The handshake has checked the
 * chain before; this looks at the role in it. ZooKeeper closes the connection of who is refused.
 */
public final class MainsOnly extends X509AuthenticationProvider {
  /** Called by ZooKeeper. */
  public MainsOnly() throws X509Exception {
    super(new RoleCheck(), null);
  }

  private static final class RoleCheck implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      String subject = chain[0].getSubjectX500Principal().getName();
      if (!subject.contains(",OU=main,")) {
        throw new CertificateException(subject + " is not a main");
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
