package io.elottery.keyvault.nodekeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.ca.CertificateAuthority;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing request → certificate → TLS between two engines, no socket. */
final class TlsHandshakeTest {
  private final RandomSource random = new SecureRandomSource();
  private final CertificateAuthority ours =
      CertificateAuthority.create("ours", random, new SystemTime());
  private final CertificateAuthority theirs =
      CertificateAuthority.create("theirs", random, new SystemTime());
  private final Path dir;

  TlsHandshakeTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void twoServersOfOneAuthorityAuthenticateEachOther() throws Exception {
    SSLContext main = enrolled(ours, "main-1", Role.MAIN).sslContext();
    SSLContext worker = enrolled(ours, "worker-1", Role.WORKER).sslContext();

    SSLEngine server = handshake(worker, main, true);

    assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.3");
    X509Certificate shown = (X509Certificate) server.getSession().getPeerCertificates()[0];
    assertThat(shown.getSubjectX500Principal().getName())
        .isEqualTo("CN=worker-1,OU=worker,O=elottery");
    assertThat(shown.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("worker-1", "localhost", "127.0.0.1");
  }

  @Test
  void serverOfAnotherAuthorityIsRefused() throws Exception {
    SSLContext main = enrolled(ours, "main-1", Role.MAIN).sslContext();
    SSLContext stranger = enrolled(theirs, "worker-1", Role.WORKER).sslContext();

    assertThatThrownBy(() -> handshake(stranger, main, true)).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> handshake(main, stranger, true)).isInstanceOf(SSLException.class);
  }

  @Test
  void joiningServerTrustsTheMainItsTokenNamesAndNobodyElse() throws Exception {
    SSLContext main = enrolled(ours, "main-1", Role.MAIN).sslContext();
    SSLContext worker = enrolled(ours, "worker-1", Role.WORKER).sslContext();
    SSLContext stranger = enrolled(theirs, "main-1", Role.MAIN).sslContext();
    SSLContext joining = NodeKeys.trustOnly(ours.fingerprint());

    assertThat(handshake(joining, main, false).getSession().isValid()).isTrue();
    assertThatThrownBy(() -> handshake(joining, stranger, false))
        .hasStackTraceContaining("another authority");
    assertThatThrownBy(() -> handshake(joining, worker, false))
        .hasStackTraceContaining("is not a main");
  }

  private NodeKeys enrolled(CertificateAuthority authority, String name, Role role)
      throws Exception {
    NodeKeys keys =
        NodeKeys.open(dir.resolve(authority.fingerprint() + name), NodeId.of(name), role, random);
    X509Certificate own =
        authority.issue(keys.signingRequest(), keys.node(), role, CertificateAuthority.VALIDITY);
    assertThat(Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant()))
        .isBetween(Duration.ofDays(30), Duration.ofDays(31));
    keys.install(
        List.of(own.getEncoded(), authority.certificate().getEncoded()), authority.fingerprint());
    return keys;
  }

  /** Shakes hands in memory and returns the server's end. */
  private static SSLEngine handshake(SSLContext client, SSLContext server, boolean mutual)
      throws SSLException {
    SSLEngine dialler = client.createSSLEngine("localhost", 1);
    dialler.setUseClientMode(true);
    SSLEngine listener = server.createSSLEngine();
    listener.setUseClientMode(false);
    listener.setNeedClientAuth(mutual);
    ByteBuffer toListener = ByteBuffer.allocate(64 << 10);
    ByteBuffer toDialler = ByteBuffer.allocate(64 << 10);
    for (int turn = 0; turn < 30; turn++) {
      step(dialler, toDialler, toListener);
      step(listener, toListener, toDialler);
    }
    assertThat(dialler.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    assertThat(listener.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    return listener;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    in.flip();
    engine.unwrap(in, ByteBuffer.allocate(64 << 10));
    in.compact();
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    engine.wrap(ByteBuffer.allocate(0), out);
  }
}
