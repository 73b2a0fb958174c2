package io.elottery.deploy.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.Revocations;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersOnlyTest {
  private final RandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority =
      CertificateAuthority.create("tests", random, new SystemTime());

  @Test
  void openConnectionsOfARevokedMemberAreClosedAndOthersStay(@TempDir Path directory)
      throws Exception {
    Revocations revocations = Revocations.open(directory.resolve("revocations"), Runnable::run);
    X509Certificate two = certificate("zk-2");
    X509Certificate three = certificate("zk-3");
    MembersOnly members =
        new MembersOnly(trust(), List.of(NodeId.of("zk-2"), NodeId.of("zk-3")), revocations);
    try (ServerSocket listening = new ServerSocket(0, 3, InetAddress.getLoopbackAddress());
        Socket dialled = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket taken = listening.accept();
        Socket other = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
      members.checkServerTrusted(new X509Certificate[] {two}, "ECDHE_ECDSA", dialled);
      members.checkClientTrusted(new X509Certificate[] {two}, "ECDHE_ECDSA", taken);
      members.checkServerTrusted(new X509Certificate[] {three}, "ECDHE_ECDSA", other);

      StaffMember officer =
          StaffMember.of(
              "officer1",
              "officer1",
              Set.of(StaffRole.OFFICER),
              Credentials.ofToken(Credentials.digest("token")));
      revocations.offer(
          revocations
              .current()
              .with(Revocation.of(NodeId.of("zk-2"), two, Instant.now(), "lost", officer)));

      assertThat(dialled.isClosed()).isTrue();
      assertThat(taken.isClosed()).isTrue();
      assertThat(other.isClosed()).isFalse();
      assertThatThrownBy(
              () ->
                  members.checkServerTrusted(
                      new X509Certificate[] {two}, "ECDHE_ECDSA", new Socket()))
          .isInstanceOf(CertificateException.class);
    }
  }

  private X509Certificate certificate(String name) throws Exception {
    NodeId node = NodeId.of(name);
    byte[] request =
        Certificates.signingRequest(
            CertificateAuthority.subject(node, Role.ZOOKEEPER), P256.generate(random));
    return authority.issue(request, node, Role.ZOOKEEPER, CertificateAuthority.VALIDITY);
  }

  private X509ExtendedTrustManager trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }
}
