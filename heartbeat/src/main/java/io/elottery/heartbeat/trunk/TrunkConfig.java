package io.elottery.heartbeat.trunk;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.OwnAddresses;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a server keeps its trunks.
 *
 * @param listenOrNull {@code trunk.listen}: where others reach it, port 0 for any; absent = it only
 *     dials
 * @param own which of the server's addresses it uses
 * @param handshakeTimeout {@code trunk.handshake-timeout} (5 s): too low refuses peers on a loaded
 *     machine, too high lets strangers hold a place
 * @param idle {@code trunk.idle} (10 s): a trunk that is silent this long is closed; a third of it
 *     is when a sign of life is sent
 * @param retryFirst {@code trunk.retry-first} (50 ms): pause before the first new attempt
 * @param retryMax {@code trunk.retry-max} (1 s): the pauses double up to here
 * @param handshakesMax {@code trunk.handshakes-max} (64): handshakes under way at once on the
 *     listener; more are closed unread, counted
 * @param joiningMax {@code trunk.joining-max} (32): peers without a certificate at once; 0 refuses
 *     them all
 * @param outboundMax {@code trunk.outbound-max} (16 MiB): bytes that may wait for one peer; more
 *     are not taken
 */
public record TrunkConfig(
    @Nullable Address listenOrNull,
    OwnAddresses own,
    Duration handshakeTimeout,
    Duration idle,
    Duration retryFirst,
    Duration retryMax,
    int handshakesMax,
    int joiningMax,
    long outboundMax) {
  private static final long OUTBOUND_MIN = 2L * Envelope.BODY_MAX;

  /** Reads the keys above. */
  public static TrunkConfig from(ConfigSource config) {
    TrunkConfig def = dialOnly();
    return new TrunkConfig(
        config.address("trunk.listen").orElse(null),
        OwnAddresses.from(config, "trunk"),
        config.duration("trunk.handshake-timeout", def.handshakeTimeout),
        config.duration("trunk.idle", def.idle),
        config.duration("trunk.retry-first", def.retryFirst),
        config.duration("trunk.retry-max", def.retryMax),
        config.integer("trunk.handshakes-max", def.handshakesMax, 1, 10_000),
        config.integer("trunk.joining-max", def.joiningMax, 0, 10_000),
        outbound(config, def.outboundMax));
  }

  /** The same, but a client without a certificate is refused in the handshake. */
  public TrunkConfig withoutJoining() {
    return new TrunkConfig(
        listenOrNull,
        own,
        handshakeTimeout,
        idle,
        retryFirst,
        retryMax,
        handshakesMax,
        0,
        outboundMax);
  }

  /** The defaults, listening there. */
  public static TrunkConfig listeningOn(Address address) {
    return defaults(address, OwnAddresses.ANY);
  }

  /** The defaults, without a listener. */
  public static TrunkConfig dialOnly() {
    return dialOnly(OwnAddresses.ANY);
  }

  /** The defaults, without a listener, dialling from this address. */
  public static TrunkConfig dialOnly(OwnAddresses own) {
    return defaults(null, own);
  }

  private static long outbound(ConfigSource config, long def) {
    long given = config.size("trunk.outbound-max", def);
    if (given >= OUTBOUND_MIN) {
      return given;
    }
    config.refuse("trunk.outbound-max", "expected 8MiB or more: two of the largest messages");
    return def;
  }

  private static TrunkConfig defaults(@Nullable Address listen, OwnAddresses own) {
    return new TrunkConfig(
        listen,
        own,
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
