package io.elottery.heartbeat.trunk;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Says which certificates of our authority are not accepted all the same. Asked at each handshake
 * of a trunk, on both sides, and again for every trunk that is up by {@link Trunks#recheck()}.
 *
 * <p>Called on connections' threads: must be fast and not wait.
 */
@FunctionalInterface
public interface CertificateCheck {
  /** Refuses none. */
  CertificateCheck NONE = certificate -> Optional.empty();

  /** Why not, in words for our log (the other end learns nothing); empty when it is accepted. */
  Optional<String> refusal(X509Certificate certificate);
}
