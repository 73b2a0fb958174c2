package io.elottery.reports.history;

import java.time.Duration;
import java.time.Instant;

/** How long one bucket lasts, and how long buckets of that length are kept. */
public enum Resolution {
  /** For a day. */
  MINUTE("1m", Duration.ofMinutes(1), Duration.ofHours(24)),
  /** For a week. */
  TEN_MINUTES("10m", Duration.ofMinutes(10), Duration.ofDays(7)),
  /** For a quarter. */
  HOUR("1h", Duration.ofHours(1), Duration.ofDays(90));

  private final String text;
  private final Duration length;
  private final Duration kept;

  Resolution(String text, Duration length, Duration kept) {
    this.text = text;
    this.length = length;
    this.kept = kept;
  }

  /** {@code 1m}, {@code 10m}, {@code 1h}. */
  public String text() {
    return text;
  }

  /** Of one bucket. */
  public Duration length() {
    return length;
  }

  /** How far back buckets are kept. */
  public Duration kept() {
    return kept;
  }

  /** When the bucket began that this moment is in. */
  public Instant floor(Instant at) {
    long step = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), step) * step);
  }

  /** The finest whose buckets reach back that far. */
  public static Resolution reaching(Duration back) {
    for (Resolution each : values()) {
      if (back.compareTo(each.kept) <= 0) {
        return each;
      }
    }
    return HOUR;
  }
}
