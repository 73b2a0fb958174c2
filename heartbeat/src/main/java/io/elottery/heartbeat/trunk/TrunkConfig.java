package io.elottery.heartbeat.trunk;

import io.elottery.foundation.id.Address;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a server keeps its trunks.
 *
 * @param listenOrNull {@code trunk.listen}: where others reach it, port 0 for any; absent = it only
 *     dials
 * @param handshakeTimeout {@code trunk.handshake-timeout} (5 s): too low refuses peers on a loaded
 *     machine, too high lets strangers hold a place
 * @param idle {@code trunk.idle} (10 s): a trunk that is silent this long is closed; a third of it
 *     is when a sign of life is sent
 * @param retryFirst {@code trunk.retry-first} (50 ms): pause before the first new attempt
 * @param retryMax {@code trunk.retry-max} (1 s): the pauses double up to here
 * @param handshakesMax {@code trunk.handshakes-max} (64): handshakes under way at once on the
 *     listener; more are closed unread, counted
 * @param joiningMax {@code trunk.joining-max} (32): peers without a certificate at once
 * @param outboundMax {@code trunk.outbound-max} (16 MiB): bytes that may wait for one peer; more
 *     are not taken
 */
public record TrunkConfig(
    @Nullable Address listenOrNull,
    Duration handshakeTimeout,
    Duration idle,
    Duration retryFirst,
    Duration retryMax,
    int handshakesMax,
    int joiningMax,
    long outboundMax) {

  /** The defaults, listening there. */
  public static TrunkConfig listeningOn(Address address) {
    return defaults(address);
  }

  /** The defaults, without a listener. */
  public static TrunkConfig dialOnly() {
    return defaults(null);
  }

  private static TrunkConfig defaults(@Nullable Address listen) {
    return new TrunkConfig(
        listen,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        64,
        32,
        16L << 20);
  }

  /** Where others reach it. */
  public Optional<Address> listen() {
    return Optional.ofNullable(listenOrNull);
  }
}
