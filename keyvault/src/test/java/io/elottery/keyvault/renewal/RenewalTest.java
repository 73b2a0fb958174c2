package io.elottery.keyvault.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.nodekeys.NodeKeys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
  private static final NodeId GATEWAY = NodeId.of("gateway-1");

  private final Clock clock = new Clock();
  private final SecureRandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority = CertificateAuthority.create("test", random, clock);
  private final NodeLoop loop =
      new NodeLoop(
          "test",
          clock,
          100,
          (where, problem) -> {
            throw new AssertionError(where, problem);
          });
  // When a main was asked, in seconds since the beginning.
  private final List<Long> asked = new ArrayList<>();
  private NodeKeys keys;
  private boolean refusing;
  private int renewed;

  @BeforeEach
  void enrol(@TempDir Path directory) throws Exception {
    keys = NodeKeys.open(directory, GATEWAY, Role.GATEWAY, random);
    keys.install(chain(keys.signingRequest()), authority.fingerprint());
  }

  @Test
  void nothingIsAskedBeforeHalfAndOneRequestAfterIt() {
    X509Certificate first = keys.certificate().orElseThrow();
    renewal().start();

    pass(Duration.ofDays(14));
    assertThat(asked).isEmpty();
    pass(Duration.ofDays(2));

    assertThat(asked).hasSize(1);
    assertThat(renewed).isEqualTo(1);
    X509Certificate second = keys.certificate().orElseThrow();
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
  }

  @Test
  void newConnectionsShowTheNewCertificate() {
    var before = keys.sslContext();
    renewal().start();

    pass(Duration.ofDays(16));

    assertThat(keys.sslContext()).isNotSameAs(before);
  }

  @Test
  void refusalIsAskedAgainWithPausesThatDoubleUpToTenMinutes() {
    refusing = true;
    clock.pass(Duration.ofDays(16));
    renewal().start();

    pass(Duration.ofHours(2));

    assertThat(asked.subList(0, 5)).isEqualTo(shifted(asked.get(0), 0, 1, 3, 7, 15));
    long last = asked.get(asked.size() - 1) - asked.get(asked.size() - 2);
    assertThat(last).isEqualTo(Renewal.PAUSE_MAX.toSeconds());
    refusing = false;
    pass(Duration.ofMinutes(11));
    assertThat(renewed).isEqualTo(1);
  }

  @Test
  void certificateOfAnotherAuthorityIsNotTaken() {
    X509Certificate first = keys.certificate().orElseThrow();
    CertificateAuthority other = CertificateAuthority.create("other", random, clock);
    clock.pass(Duration.ofDays(16));
    new Renewal(
            keys,
            (request, attempt) ->
                CompletableFuture.completedFuture(granted(other, keys.signingRequest())),
            Runnable::run,
            loop)
        .start();

    pass(Duration.ofMinutes(1));

    assertThat(keys.certificate()).contains(first);
  }

  private Renewal renewal() {
    return new Renewal(keys, this::ask, Runnable::run, loop).then(() -> renewed++);
  }

  private CompletableFuture<Envelope> ask(Envelope request, int attempt) {
    asked.add(clock.nanos() / 1_000_000_000L);
    if (refusing) {
      return CompletableFuture.failedFuture(new IllegalStateException("the vault is sealed"));
    }
    try {
      EnrolRequest renewing = EnrolRequest.from(request);
      assertThat(renewing.isRenewal()).isTrue();
      return CompletableFuture.completedFuture(granted(authority, renewing.signingRequest()));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private Envelope granted(CertificateAuthority by, byte[] request) {
    try {
      return new EnrolReply(
              List.of(
                  by.issue(request, GATEWAY, Role.GATEWAY, CertificateAuthority.VALIDITY)
                      .getEncoded(),
                  by.certificate().getEncoded()))
          .toEnvelope();
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private List<byte[]> chain(byte[] request) throws Exception {
    return EnrolReply.from(granted(authority, request)).chain();
  }

  private void pass(Duration time) {
    long end = clock.nanos() + time.toNanos();
    while (loop.poll() > 0) {
      // Everything due runs.
    }
    while (clock.nanos() < end) {
      clock.pass(Duration.ofNanos(Math.min(end - clock.nanos(), loop.nanosToNextTimer())));
      while (loop.poll() > 0) {
        // Everything due runs.
      }
    }
  }

  private static List<Long> shifted(long by, long... seconds) {
    List<Long> all = new ArrayList<>();
    for (long second : seconds) {
      all.add(by + second);
    }
    return all;
  }

  private static final class Clock implements Time {
    private long nanos = 1_000_000_000L;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public Instant now() {
      return Instant.parse("2026-11-01T00:00:00Z").plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }
}
