package io.elottery.keyvault.renewal;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a certificate's time has gone, decided from its own dates. Pure.
 *
 * @param from when it began to hold
 * @param until when it ends; later than {@code from}
 */
public record CertificateAge(Instant from, Instant until) {
  /** Fewer days left than this need a person; of short certificates, a sixth of their time. */
  public static final Duration LATE = Duration.ofDays(5);

  private static final int LATE_PART = 6;

  /** What is to be said of it. */
  public enum Standing {
    /** Before its half: nothing to do. */
    GREEN,
    /** Past its half: its server should have a newer one by now. */
    YELLOW,
    /** About to end, or ended: a person must act. */
    RED
  }

  /** Checks the order. */
  public CertificateAge {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("certificate from " + from + " until " + until);
    }
  }

  /** Of this certificate. */
  public static CertificateAge of(X509Certificate certificate) {
    return new CertificateAge(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  /** When its server asks for a newer one: at half. */
  public Instant renewsAt() {
    return from.plus(Duration.between(from, until).dividedBy(2));
  }

  /** From when on it is late. */
  public Instant lateAt() {
    Duration part = Duration.between(from, until).dividedBy(LATE_PART);
    return until.minus(part.compareTo(LATE) < 0 ? part : LATE);
  }

  /** Whether a newer one is to be asked for. */
  public boolean isDue(Instant now) {
    return !now.isBefore(renewsAt());
  }

  /** How it stands. */
  public Standing at(Instant now) {
    if (!now.isBefore(lateAt())) {
      return Standing.RED;
    }
    return isDue(now) ? Standing.YELLOW : Standing.GREEN;
  }
}
