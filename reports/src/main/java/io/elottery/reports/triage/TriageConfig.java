package io.elottery.reports.triage;

import java.time.Duration;

/**
 * Triage's bounds.
 *
 * @param heard main heard a worker when it did so within this time, default 2 s; too low: slow
 *     turns look like silence; too high: the silent are found late
 * @param down silent for most observers this long after the first doubt is DOWN, default 3 s; a
 *     silent death is DOWN within {@code heard + down}
 * @param fresh a report older than this casts no vote, default 12 s (two reports and a bit)
 * @param doubt main itself was late by this much between two judgements: it casts no vote for a
 *     while, default 1.5 s
 * @param silent without a sign of life for this long a worker is DOWN at once if most observers,
 *     asked, looked again and do not hear it, default 500 ms: one impulse and one probe are owed by
 *     then; too low: a pause of the worker is taken for its death
 */
public record TriageConfig(
    Duration heard, Duration down, Duration fresh, Duration doubt, Duration silent) {
  /**
   * A fifth of {@code silent}: those who said that they do not hear it may take it back so long.
   */
  public Duration moment() {
    return silent.dividedBy(5);
  }

  /** The defaults. */
  public static final TriageConfig STANDARD =
      new TriageConfig(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(12),
          Duration.ofMillis(1500),
          Duration.ofMillis(500));
}
