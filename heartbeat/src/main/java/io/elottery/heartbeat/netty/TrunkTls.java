package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** How trunks speak TLS: 1.3 only, with the JDK's engine, and who a certificate says is there. */
final class TrunkTls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

  private TrunkTls() {}

  static SslHandler dialling(SSLContext context, Duration timeout) {
    // No host and port for the engine: its session would be resumed, past a revoked certificate.
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    return handler(engine, timeout);
  }

  static SslHandler listening(SSLContext context, Duration timeout, boolean strangersMayJoin) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    if (strangersMayJoin) {
      engine.setWantClientAuth(true);
    } else {
      engine.setNeedClientAuth(true);
    }
    return handler(engine, timeout);
  }

  private static SslHandler handler(SSLEngine engine, Duration timeout) {
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setEnabledCipherSuites(SUITES);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return handler;
  }

  /**
   * Who the other end has proved to be; empty when it showed no certificate.
   *
   * @throws SSLPeerUnverifiedException for a certificate whose subject is not {@code CN=<node>,
   *     OU=<role>}
   */
  static Optional<Peer> peer(SSLSession session) throws SSLPeerUnverifiedException {
    Optional<X509Certificate> shown = certificate(session);
    return shown.isEmpty() ? Optional.empty() : Optional.of(peer(shown.get()));
  }

  /** What the other end has shown, if anything. */
  static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  private static Peer peer(X509Certificate certificate) throws SSLPeerUnverifiedException {
    String subject = certificate.getSubjectX500Principal().getName();
    try {
      LdapName name = new LdapName(subject);
      Role role = Role.parse(attribute(name, "OU"));
      if (role == Role.JOINING) {
        throw new IllegalArgumentException("no certificate says so");
      }
      return new Peer(NodeId.of(attribute(name, "CN")), role);
    } catch (InvalidNameException | IllegalArgumentException wrong) {
      throw new SSLPeerUnverifiedException(
          "certificate of \"" + subject + "\": expected CN=<server>,OU=<role>");
    }
  }

  private static String attribute(LdapName name, String type) {
    return name.getRdns().stream()
        .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
        .map(Rdn::getValue)
        .map(Object::toString)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + type));
  }
}
