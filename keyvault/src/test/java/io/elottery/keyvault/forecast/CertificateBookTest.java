package io.elottery.keyvault.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.bouncycastle.Certificates;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.P256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateBookTest {
  private final SecureRandomSource random = new SecureRandomSource();
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", random, new Now());

  @Test
  void theNewestOfEachServerIsKept() throws Exception {
    KnownCertificate first = issued("worker-1", List.of());
    now = now.plus(Duration.ofDays(15));
    KnownCertificate second = issued("worker-1", List.of());
    KnownCertificate other = issued("worker-2", List.of());

    CertificateBook book = CertificateBook.EMPTY.with(first).with(second).with(other);

    assertThat(book.all()).containsExactly(second, other);
    assertThat(book.with(first)).isSameAs(book);
    assertThat(CertificateBook.EMPTY.with(first).with(book).all()).containsExactly(second, other);
  }

  @Test
  void itIsReadAsItWasWritten() throws Exception {
    CertificateBook book =
        CertificateBook.EMPTY
            .with(issued("worker-2", List.of()))
            .with(issued("worker-1", List.of()));

    assertThat(CertificateBook.decoded(book.encoded()).all()).isEqualTo(book.all());
  }

  @Test
  void hostsOfACertificateCanBeKeptInTheNextOne() throws Exception {
    KnownCertificate first = issued("zookeeper-1", List.of("zk1.example.org", "10.1.2.3"));

    KnownCertificate second =
        issued("zookeeper-1", CertificateAuthority.hosts(first.certificate()));

    assertThat(CertificateAuthority.hosts(second.certificate()))
        .containsExactly("zookeeper-1", "localhost", "127.0.0.1", "zk1.example.org", "10.1.2.3");
  }

  private KnownCertificate issued(String name, List<String> hosts) throws Exception {
    NodeId node = NodeId.of(name);
    String subject = CertificateAuthority.subject(node, Role.WORKER);
    return new KnownCertificate(
        node,
        Role.WORKER,
        authority.issue(
            Certificates.signingRequest(subject, P256.generate(random)),
            node,
            Role.WORKER,
            CertificateAuthority.VALIDITY,
            hosts));
  }

  private final class Now implements Time {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
