package io.elottery.foundation.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit: {@code 250ms}, {@code 10min}, {@code 64KiB}. */
final class Units {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");
  private static final Map<String, Duration> DURATIONS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Units() {}

  /** Reads a duration; anything but {@code 0}, a number and ms, s, min, h, d is an error. */
  static Duration duration(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      long count = Long.parseLong(form.group(1));
      Duration unit = DURATIONS.get(form.group(2));
      if (unit != null && count <= Long.MAX_VALUE / unit.toMillis() / 1_000_000) {
        return unit.multipliedBy(count);
      }
      if (count == 0 && form.group(2).isEmpty()) {
        return Duration.ZERO;
      }
    }
    throw new IllegalArgumentException("a duration such as 250ms, 5s, 10min, 12h, 30d");
  }

  /** Reads a count of bytes. */
  static long size(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      long count = Long.parseLong(form.group(1));
      Long unit = form.group(2).isEmpty() ? Long.valueOf(1) : SIZES.get(form.group(2));
      if (unit != null && count <= Long.MAX_VALUE / unit) {
        return count * unit;
      }
    }
    throw new IllegalArgumentException("a size such as 512B, 64KiB, 16MiB, 1GiB");
  }

  /** Writes a duration as {@link #duration} reads it, in the largest unit that fits. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0";
    }
    for (String unit : new String[] {"d", "h", "min", "s"}) {
      long each = DURATIONS.getOrDefault(unit, Duration.ZERO).toMillis();
      if (millis % each == 0) {
        return millis / each + unit;
      }
    }
    return millis + "ms";
  }

  /** Writes a size as {@link #size} reads it. */
  static String text(long size) {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      long each = SIZES.getOrDefault(unit, 1L);
      if (size > 0 && size % each == 0) {
        return size / each + unit;
      }
    }
    return size + "B";
  }
}
