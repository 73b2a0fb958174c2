package io.elottery.web.http;

import io.elottery.foundation.id.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one port is opened.
 *
 * @param key the configuration key that chose it, for messages
 * @param maxBody bytes a request may have unless its route says otherwise
 * @param idle a silent connection is closed after it
 * @param certificate with it, the port speaks TLS
 */
public record DoorOptions(
    String key, Address listen, long maxBody, Duration idle, Optional<Pem> certificate) {
  /** A certificate chain and its key, both PEM files. */
  public record Pem(Path certificate, Path key) {}
}
