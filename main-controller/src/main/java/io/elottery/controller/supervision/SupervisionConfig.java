package io.elottery.controller.supervision;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.reports.triage.TriageConfig;
import java.time.Duration;

/**
 * How main watches.
 *
 * @param probe {@code probe.interval} (500 ms): how often a connected worker is probed, every
 *     second time only while two neighbours watch it and it answers; too low costs processor time,
 *     too high finds silence late; twice of it below the triage's {@code heard} by far
 * @param intake {@code reports.intake} (10,000): reports that may wait for triage
 * @param triage {@code verdict.heard} (2 s), {@code verdict.down} (3 s), {@code verdict.fresh} (12
 *     s), {@code verdict.doubt} (1500 ms), {@code verdict.silent} (500 ms)
 */
public record SupervisionConfig(Duration probe, int intake, TriageConfig triage) {
  /** Reads the keys. */
  public static SupervisionConfig from(ConfigSource source) {
    TriageConfig standard = TriageConfig.STANDARD;
    return new SupervisionConfig(
        source.duration("probe.interval", Duration.ofMillis(500)),
        source.integer("reports.intake", 10_000, 10, 1_000_000),
        new TriageConfig(
            source.duration("verdict.heard", standard.heard()),
            source.duration("verdict.down", standard.down()),
            source.duration("verdict.fresh", standard.fresh()),
            source.duration("verdict.doubt", standard.doubt()),
            source.duration("verdict.silent", standard.silent())));
  }
}
