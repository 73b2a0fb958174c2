package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.revocation.Revocations;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom a member of an ensemble talks to: certificates of the authority for a ZooKeeper server of
 * this ensemble whose key is not revoked, on both sides of a connection. A worker's certificate of
 * the same authority is refused.
 *
 * <p>Names are checked, not hosts: who a server is stands in its certificate. Any thread.
 */
final class MembersOnly extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authority;
  private final Set<String> subjects = new TreeSet<>();
  private final Revocations revocations;

  /**
   * @param authority checks chains and dates
   */
  MembersOnly(X509ExtendedTrustManager authority, List<NodeId> members, Revocations revocations) {
    this.authority = authority;
    this.revocations = revocations;
    members.forEach(member -> subjects.add(subject(member)));
  }

  private static String subject(NodeId member) {
    return "CN=" + member + ",OU=" + Role.ZOOKEEPER.text() + ",O=elottery";
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
