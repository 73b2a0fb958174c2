package io.elottery.heartbeat.connection;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of its addresses a server of several networks uses, where the system is not to choose.
 *
 * @param sourceOrNull {@code trunk.source, link.source}: connections are dialled from this address;
 *     absent = the system chooses. One that is not the machine's own reaches nobody
 * @param advertisedOrNull {@code trunk.advertised, link.advertised}: others are told to reach it
 *     here; absent = where it listens
 */
public record OwnAddresses(@Nullable String sourceOrNull, @Nullable Address advertisedOrNull) {
  /** The system chooses. */
  public static final OwnAddresses ANY = new OwnAddresses(null, null);

  /**
   * Reads the keys above.
   *
   * @param kind {@code trunk} or {@code link}
   */
  public static OwnAddresses from(ConfigSource config, String kind) {
    String source = config.text(kind + ".source", "");
    return new OwnAddresses(
        source.isEmpty() ? null : source, config.address(kind + ".advertised").orElse(null));
  }

  /** Where connections are dialled from. */
  public Optional<String> source() {
    return Optional.ofNullable(sourceOrNull);
  }

  /** Where others reach it. */
  public Optional<Address> advertised() {
    return Optional.ofNullable(advertisedOrNull);
  }
}
