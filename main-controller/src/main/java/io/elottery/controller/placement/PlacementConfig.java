package io.elottery.controller.placement;

import io.elottery.foundation.config.ConfigSource;

/**
 * How the ledger is divided, once and for good.
 *
 * @param shards {@code ring.shards} (4): more spread the load, each costs five replicas
 * @param copies {@code ring.copies} (5): 1, 3 or 5; what is acknowledged is on most of them
 * @param exchanges {@code ring.exchanges} (2): shards whose members change at once; more ends
 *     sooner and loads disks and links more meanwhile
 */
public record PlacementConfig(int shards, int copies, int exchanges) {
  /** Reads the keys. */
  public static PlacementConfig from(ConfigSource source) {
    int copies = source.integer("ring.copies", 5, 1, 5);
    if (copies % 2 == 0) {
      source.refuse("ring.copies", "expected 1, 3 or 5");
      copies = 5;
    }
    return new PlacementConfig(
        source.integer("ring.shards", 4, 1, 4096),
        copies,
        source.integer("ring.exchanges", 2, 1, 64));
  }
}
