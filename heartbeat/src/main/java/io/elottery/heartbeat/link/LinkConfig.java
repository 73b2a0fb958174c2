package io.elottery.heartbeat.link;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.OwnAddresses;
import java.time.Duration;

/**
 * How a worker keeps its links.
 *
 * @param listen {@code link.listen}: where other workers reach it, port 0 for any
 * @param own which of the server's addresses it uses
 * @param handshakeTimeout {@code link.handshake-timeout} (5 s): too low refuses peers on a loaded
 *     machine, too high lets strangers hold a place
 * @param idle {@code link.idle} (10 s): a connection that is silent this long is closed; a third of
 *     it is when a sign of life is sent; five times both for a work connection beside an impulse
 *     connection that is up
 * @param retryFirst {@code link.retry-first} (10 ms): pause before the first new attempt; one
 *     refused attempt proves a death, so it is short
 * @param retryMax {@code link.retry-max} (1 s): the pauses double up to here
 * @param handshakesMax {@code link.handshakes-max} (32): handshakes under way at once on the
 *     listener; more are closed unread, counted
 * @param outboundMax {@code link.outbound-max} (32 MiB): bytes that may wait for one peer; more are
 *     not taken
 */
public record LinkConfig(
    Address listen,
    OwnAddresses own,
    Duration handshakeTimeout,
    Duration idle,
    Duration retryFirst,
    Duration retryMax,
    int handshakesMax,
    long outboundMax) {
  private static final long OUTBOUND_MIN = 2L * Envelope.BODY_MAX;

  /** Reads the keys above. */
  public static LinkConfig from(ConfigSource config) {
    LinkConfig def = listeningOn(new Address("127.0.0.1", 0));
    return new LinkConfig(
        config.requiredAddress("link.listen"),
        OwnAddresses.from(config, "link"),
        config.duration("link.handshake-timeout", def.handshakeTimeout),
        config.duration("link.idle", def.idle),
        config.duration("link.retry-first", def.retryFirst),
        config.duration("link.retry-max", def.retryMax),
        config.integer("link.handshakes-max", def.handshakesMax, 1, 10_000),
        outbound(config, def.outboundMax));
  }

  private static long outbound(ConfigSource config, long def) {
    long given = config.size("link.outbound-max", def);
    if (given >= OUTBOUND_MIN) {
      return given;
    }
    config.refuse("link.outbound-max", "expected 8MiB or more: two of the largest messages");
    return def;
  }

  /** The defaults, listening there. */
  public static LinkConfig listeningOn(Address address) {
    return new LinkConfig(
        address,
        OwnAddresses.ANY,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofSeconds(1),
        32,
        32L << 20);
  }
}
