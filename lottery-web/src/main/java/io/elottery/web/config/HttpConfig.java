package io.elottery.web.config;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The two ports a gateway opens.
 *
 * @param listen {@code http.listen} (127.0.0.1:8080): site and public API
 * @param staffListen {@code staff.listen} (127.0.0.1:8443): staff port, loopback unless a person
 *     decides otherwise
 * @param maxBody {@code http.max-body} (64 KiB): a longer request is refused unread with 413; too
 *     low refuses many-line tickets, too high lets strangers fill the heap
 * @param maxImport {@code http.max-import} (16 MiB): the same for results files on the staff port
 * @param patience {@code http.patience} (5 s): how long a request waits for the network before it
 *     is answered 202 or 503; longer than a writer's fail-over
 * @param idle {@code http.idle} (60 s): a silent connection is closed
 * @param behindTls {@code http.behind-tls} (false): browsers come over TLS that ends before this
 *     port, so cookies are marked Secure
 * @param certificate {@code http.tls.certificate}: PEM; with the key, the site itself speaks TLS
 * @param key {@code http.tls.key}: PEM, owner-only
 */
public record HttpConfig(
    Address listen,
    Address staffListen,
    long maxBody,
    long maxImport,
    Duration patience,
    Duration idle,
    boolean behindTls,
    Optional<Path> certificate,
    Optional<Path> key) {

  static HttpConfig from(ConfigSource source) {
    HttpConfig config =
        new HttpConfig(
            source.address("http.listen", new Address("127.0.0.1", 8080)),
            source.address("staff.listen", new Address("127.0.0.1", 8443)),
            source.size("http.max-body", 64 << 10),
            source.size("http.max-import", 16 << 20),
            WebConfig.positive(source, "http.patience", Duration.ofSeconds(5)),
            WebConfig.positive(source, "http.idle", Duration.ofSeconds(60)),
            source.flag("http.behind-tls", false),
            source.path("http.tls.certificate"),
            source.path("http.tls.key"));
    if (config.certificate.isPresent() != config.key.isPresent()) {
      source.refuse("http.tls.certificate", "expected together with http.tls.key");
    }
    return config;
  }

  /** Whether browsers reach the site over TLS. */
  public boolean secure() {
    return behindTls || certificate.isPresent();
  }
}
