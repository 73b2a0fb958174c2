package io.elottery.controller.relay;

import io.elottery.foundation.config.ConfigSource;

/**
 * How much main serves for gateways that reach no worker of a shard.
 *
 * @param perSecond {@code relay.per-second} (100): calls of all gateways; 0 serves none; too high
 *     and a cut gateway's load comes to main
 * @param burst {@code relay.burst} (200): calls that may come at once after a quiet time
 * @param most {@code relay.most} (500): calls under way at once, those of auditors and staff
 *     included; one more is answered busy
 */
public record RelayConfig(int perSecond, int burst, int most) {
  private static final int PER_SECOND = 100;
  private static final int BURST = 200;
  private static final int MOST = 500;

  /** The defaults. */
  public static RelayConfig defaults() {
    return new RelayConfig(PER_SECOND, BURST, MOST);
  }

  /** Reads the keys above. */
  public static RelayConfig from(ConfigSource source) {
    return new RelayConfig(
        source.integer("relay.per-second", PER_SECOND, 0, 100_000),
        source.integer("relay.burst", BURST, 1, 100_000),
        source.integer("relay.most", MOST, 1, 100_000));
  }
}
