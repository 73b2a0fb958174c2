package io.elottery.reports.history;

/** Lengths of time for people: the two largest units. */
public final class Lengths {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Lengths() {}

  /** {@code 850 ms}, {@code 12 s}, {@code 4 min 10 s}, {@code 3 h 5 min}, {@code 2 d 1 h}. */
  public static String text(long millis) {
    if (millis < SECOND) {
      return millis + " ms";
    }
    if (millis < MINUTE) {
      return millis / SECOND + " s";
    }
    if (millis < HOUR) {
      return two(millis, MINUTE, "min", SECOND, "s");
    }
    return millis < DAY ? two(millis, HOUR, "h", MINUTE, "min") : two(millis, DAY, "d", HOUR, "h");
  }

  /** {@code 0.3 ms}, {@code 12 ms}, {@code 1.5 s}, of microseconds. */
  public static String micros(long micros) {
    if (micros < 10_000) {
      return tenths(micros / 100) + " ms";
    }
    return micros < 1_000_000 ? micros / 1_000 + " ms" : tenths(micros / 100_000) + " s";
  }

  private static String tenths(long tenths) {
    return tenths / 10 + "." + tenths % 10;
  }

  private static String two(long millis, long unit, String name, long smaller, String second) {
    long rest = millis % unit / smaller;
    return millis / unit + " " + name + (rest == 0 ? "" : " " + rest + " " + second);
  }
}
