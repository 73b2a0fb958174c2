package io.elottery.controller.history;

import io.elottery.foundation.config.ConfigSource;

/**
 * How much of the past a main keeps.
 *
 * @param diskBytes {@code history.disk} (2 GiB): bytes of history at most; with less than what 90
 *     days take, the oldest of the finest goes first
 * @param reports {@code reports.kept} (5,000): last reports kept in memory for {@code elottery
 *     reports}; of the least urgent the oldest goes first
 */
public record HistoryConfig(long diskBytes, int reports) {
  private static final long DISK = 2L << 30;
  private static final long DISK_MIN = 1L << 20;
  private static final int REPORTS = 5_000;

  /** As nothing is configured. */
  public static final HistoryConfig STANDARD = new HistoryConfig(DISK, REPORTS);

  /** Reads the keys. */
  public static HistoryConfig from(ConfigSource source) {
    long disk = source.size("history.disk", DISK);
    if (disk < DISK_MIN) {
      source.refuse("history.disk", "expected 1MiB or more");
    }
    return new HistoryConfig(disk, source.integer("reports.kept", REPORTS, 10, 1_000_000));
  }
}
