package io.elottery.controller.certificates;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.forecast.CertificateBook;
import io.elottery.keyvault.forecast.KnownCertificate;
import io.elottery.keyvault.renewal.CertificateAge;
import io.elottery.keyvault.vault.SignedRecords;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every server's newest certificate: of those that were issued here, of those shown on
 * trunks, of ZooKeeper's servers as they were recorded. Kept in the signed record {@code
 * certificates} by the main that acts for LEFT; says once a day which ones are late. On main's
 * loop.
 */
public final class CertificateDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(CertificateDesk.class);
  private static final String RECORD = "certificates";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration AFTER_WRITE = Duration.ofSeconds(1);
  private static final Duration REMIND = Duration.ofDays(1);

  private final NodeLoop loop;
  private final Hemispheres halves;
  private final SignedRecords office;
  private final Function<NodeId, Optional<X509Certificate>> shown;
  private CertificateBook book = CertificateBook.EMPTY;
  private CertificateBook written = CertificateBook.EMPTY;
  private boolean read; // as LEFT's main; nothing is written before
  private boolean writing;

  /**
   * @param shown what a connected server, or this main itself, shows
   */
  public CertificateDesk(
      NodeLoop loop,
      Hemispheres halves,
      SignedRecords office,
      Function<NodeId, Optional<X509Certificate>> shown) {
    this.loop = loop;
    this.halves = halves;
    this.office = office;
    this.shown = shown;
  }

  /** Reminds from now on; on the loop. */
  public void start(NodeId self) {
    loop.every(
        REMIND,
        () -> {
          look(self, Role.MAIN);
          remind();
        });
    look(self, Role.MAIN);
  }

  /** All that are known. */
  public CertificateBook book() {
    return book;
  }

  /** What the server's newest certificate may be reached by; its next one keeps them. */
  public List<String> hosts(NodeId node) {
    return book.of(node)
        .map(known -> CertificateAuthority.hosts(known.certificate()))
        .orElse(List.of());
  }

  /** A trunk opened: its certificate was shown. */
  public void connected(Peer peer) {
    look(peer.id(), peer.role());
  }

  /** A certificate was issued, or recorded elsewhere. */
  public void seen(KnownCertificate certificate) {
    book = book.with(certificate);
    write();
  }

  /** Some were recorded elsewhere. */
  public void seen(CertificateBook others) {
    book = book.with(others);
    write();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      read = false;
      read();
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      read = false;
    }
  }

  private void look(NodeId node, Role role) {
    shown.apply(node).ifPresent(certificate -> seen(new KnownCertificate(node, role, certificate)));
  }

  private void read() {
    office.read(RECORD).whenComplete((found, problem) -> loop.execute(() -> read(found, problem)));
  }

  private void read(@Nullable Optional<byte[]> found, @Nullable Throwable problem) {
    if (!halves.coordinates()) {
      return;
    }
    if (found == null) {
      log.warn("certificates not read, tried again soon: {}", String.valueOf(problem));
      loop.after(AGAIN, this::read);
      return;
    }
    try {
      written = found.isPresent() ? CertificateBook.decoded(found.get()) : CertificateBook.EMPTY;
      book = written.with(book);
    } catch (MalformedMessage malformed) {
      log.error("the record of certificates is begun anew: {}", malformed.getMessage());
    }
    read = true;
    write();
  }

  // One write at a time, so that many servers that connect at once cost one or two.
  private void write() {
    if (!read || writing || written == book) {
      return;
    }
    CertificateBook now = book;
    writing = true;
    office
        .write(RECORD, now.encoded())
        .whenComplete((done, problem) -> loop.execute(() -> wrote(now, problem)));
  }

  private void wrote(CertificateBook now, @Nullable Throwable problem) {
    if (problem == null) {
      written = now;
    } else {
      log.warn("certificates not recorded, tried again soon: {}", problem.toString());
    }
    loop.after(
        AFTER_WRITE,
        () -> {
          writing = false;
          write();
        });
  }

  private void remind() {
    if (!halves.coordinates()) {
      return;
    }
    for (KnownCertificate known : book.all()) {
      CertificateAge age = known.age();
      if (age.at(loop.time().now()) == CertificateAge.Standing.RED) {
        log.error("{}'s certificate ends at {} and is not renewed", known.node(), age.until());
      }
    }
  }
}
