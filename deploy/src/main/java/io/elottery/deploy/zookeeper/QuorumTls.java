package io.elottery.deploy.zookeeper;

import io.elottery.keyvault.revocation.Revocations;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the members of an ensemble. ZooKeeper makes this object by its name, so it cannot be
 * handed anything; there is one server in a JVM.
 */
public final class QuorumTls implements Supplier<SSLContext> {
  private static final AtomicReference<@Nullable SSLContext> CONTEXT = new AtomicReference<>();
  // A resumed session would pass by the check of revoked keys.
  private static final int SESSION_SECONDS = 1;

  /** Called by ZooKeeper. */
  public QuorumTls() {}

  /** What the server that is started next uses; the key is to be read again after a renewal. */
  static RenewedKey use(ZooKeeperConfig config, Revocations revocations)
      throws IOException, GeneralSecurityException {
    RenewedKey key = new RenewedKey(config.keyStore(), config.password());
    KeyStore trusted = RenewedKey.open(config.trustStore(), RenewedKey.secret(config.password()));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    X509ExtendedTrustManager authority = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
    MembersOnly members =
        new MembersOnly(
            authority, config.ensemble().stream().map(EnsembleMember::node).toList(), revocations);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(new RenewedKey[] {key}, new TrustManager[] {members}, null);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    CONTEXT.set(context);
    return key;
  }

  @Override
  public SSLContext get() {
    SSLContext context = CONTEXT.get();
    if (context == null) {
      throw new IllegalStateException("no ensemble was started in this JVM");
    }
    return context;
  }
}
