package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.revocation.Revocations;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a member of an ensemble talks to: certificates of the authority for a ZooKeeper server of
 * this ensemble whose key is not revoked, on both sides of a connection. A worker's certificate of
 * the same authority is refused.
 *
 * <p>When a key is revoked, what is open with it is closed: connections for votes and for data.
 *
 * <p>Names are checked, not hosts: who a server is stands in its certificate. Any thread.
 */
final class MembersOnly extends X509ExtendedTrustManager {
  private static final Logger log = LoggerFactory.getLogger(MembersOnly.class);

  private final X509ExtendedTrustManager authority;
  private final Set<String> subjects = new TreeSet<>();
  private final Revocations revocations;
  // Whom each connection was made with. ZooKeeper's threads add, whoever brings a list closes.
  private final Map<Socket, X509Certificate> open =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param authority checks chains and dates
   */
  MembersOnly(X509ExtendedTrustManager authority, List<NodeId> members, Revocations revocations) {
    this.authority = authority;
    this.revocations = revocations;
    members.forEach(member -> subjects.add(subject(member)));
    revocations.onChange(newer -> closeRevoked());
  }

  private static String subject(NodeId member) {
    return "CN=" + member + ",OU=" + Role.ZOOKEEPER.text() + ",O=elottery";
  }

  private void closeRevoked() {
    Map<Socket, X509Certificate> now;
    synchronized (open) {
      open.keySet().removeIf(Socket::isClosed);
      now = new HashMap<>(open);
    }
    now.forEach(
        (socket, peer) ->
            revocations
                .refusal(peer)
                .ifPresent(
                    why -> {
                      log.warn(
                          "a member's connection is closed: {}: {}",
                          peer.getSubjectX500Principal().getName(),
                          why);
                      close(socket);
                    }));
  }

  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0); // A peer that reads nothing is not waited for.
      socket.close();
    } catch (IOException already) {
      log.debug("closed already: {}", already.getMessage());
    }
  }

  private void check(X509Certificate peer) throws CertificateException {
    String subject = peer.getSubjectX500Principal().getName();
    if (!subjects.contains(subject)) {
      throw new CertificateException(subject + " is not of this ensemble");
    }
    String refusal = revocations.refusal(peer).orElse("");
    if (!refusal.isEmpty()) {
      throw new CertificateException(subject + ": " + refusal);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
    open.put(socket, chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority.checkClientTrusted(chain, type);
    check(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
    open.put(socket, chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority.checkServerTrusted(chain, type);
    check(chain[0]);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }
}
