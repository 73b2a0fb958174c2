package io.elottery.worker.proving;

import io.elottery.reports.capacity.CapacityResult.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Whether figures are within the limits, and not far worse than before. Pure. */
final class Assessment {
  private static final int PAST_MIN = 5; // fewer say nothing of what is usual
  private static final int FLOOR = 4; // below a quarter of a limit nothing is called worse

  private Assessment() {}

  /** What is wrong, one sentence each; none = passed. */
  static List<String> failures(Figures now, List<Figures> past, ProvingConfig config) {
    List<String> failures = new ArrayList<>();
    slow("flush p99", now.flushP99(), config.flush(), failures);
    slow("canary", now.canaryMax(), config.canary(), failures);
    if (now.canariesLost() > 0) {
      failures.add(
          String.format(
              "canary: %d of %d shards did not answer in time",
              now.canariesLost(), now.canaries()));
    }
    if (past.size() >= PAST_MIN) {
      worse("flush p99", past, Figures::flushP99, now, config.flush(), config.worse(), failures);
      worse("canary", past, Figures::canaryMax, now, config.canary(), config.worse(), failures);
      fewer("MiB/s encrypted", past, Figures::sealedPerSecond, now, config.worse(), failures);
      fewer("signatures/s", past, Figures::signaturesPerSecond, now, config.worse(), failures);
    }
    return failures;
  }

  private static void slow(String what, Duration took, Duration most, List<String> failures) {
    if (took.compareTo(most) > 0) {
      failures.add(String.format("%s %.1f ms: at most %d ms", what, millis(took), most.toMillis()));
    }
  }

  private static void worse(
      String what,
      List<Figures> past,
      Function<Figures, Duration> figure,
      Figures now,
      Duration limit,
      int times,
      List<String> failures) {
    Duration before = Duration.ofNanos(median(past, one -> figure.apply(one).toNanos()));
    Duration took = figure.apply(now);
    boolean matters = took.multipliedBy(FLOOR).compareTo(limit) > 0 && took.compareTo(limit) <= 0;
    if (matters && took.compareTo(before.multipliedBy(times)) > 0) {
      failures.add(
          String.format(
              "%s %.1f ms: usually %.1f ms, %d times worse",
              what, millis(took), millis(before), times));
    }
  }

  private static void fewer(
      String what,
      List<Figures> past,
      ToLongFunction<Figures> figure,
      Figures now,
      int times,
      List<String> failures) {
    long before = median(past, figure);
    long is = figure.applyAsLong(now);
    if (is * times < before) {
      failures.add(
          String.format("%d %s: usually %d, less than one in %d", is, what, before, times));
    }
  }

  private static long median(List<Figures> past, ToLongFunction<Figures> figure) {
    long[] sorted = past.stream().mapToLong(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
