package io.elottery.deploy.bench.wire;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Links, trunks and plain TCP in turn, several rounds, in one process: absolute figures of a small
 * machine mean little, their ratio to plain TCP in the same rounds more. One thread.
 */
public final class WireBench {
  private static final int SECRET_LENGTH = 32;

  private final List<Kind> kinds;

  /** Makes its own keys and certificates. */
  public WireBench(RandomSource random, Time time) {
    kinds =
        List.of(
            new Plain(),
            new PskLinks(random.bytes(SECRET_LENGTH)),
            new MutualTls(new Certified(random, time)));
  }

  /**
   * Runs one round to warm up and then {@code rounds} more; returns what to print.
   *
   * @param time of the processor for each of the four measurements of a kind in a round
   * @param progress gets a line now and then
   */
  public String run(int rounds, Duration time, Consumer<String> progress) throws IOException {
    Map<Kind, List<Figures>> measured = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Kind kind : kinds) {
        progress.accept("round " + round + " of " + rounds + ": " + kind.name());
        Figures figures = new Measures(kind, time).all();
        if (round > 0 || rounds == 0) {
          measured.computeIfAbsent(kind, first -> new ArrayList<>()).add(figures);
        }
      }
    }
    return table(measured)
        + String.format(
            Locale.ROOT,
            "of an impulse, encoding and decoding alone: %.0f ns%n",
            Pings.codecNanos(time));
  }

  /** What stands in the table, in its order. */
  private enum Column {
    CONNECTIONS("connections/s", figures -> figures.connections().perSecond()),
    CONNECTION("µs CPU each", figures -> figures.connections().processorNanos() / 1e3),
    MEGABYTES("MB/s (64 KiB)", figures -> figures.megabytes().perSecond()),
    MEGABYTE("µs CPU a MB", figures -> figures.megabytes().processorNanos() / 1e3),
    MESSAGES("messages/s (100 B)", figures -> figures.messages().perSecond()),
    MESSAGE("ns CPU each", figures -> figures.messages().processorNanos()),
    PING("ping p50 µs", Figures::pingMicros),
    SLOW("ping p99 µs", Figures::slowMicros),
    IMPULSE("ns CPU an impulse", figures -> figures.impulses().processorNanos());

    private final String head;
    private final ToDoubleFunction<Figures> figure;

    Column(String head, ToDoubleFunction<Figures> figure) {
      this.head = head;
      this.figure = figure;
    }
  }

  private String table(Map<Kind, List<Figures>> measured) {
    StringBuilder text = new StringBuilder(String.format("%-20s", "median (ratio)"));
    kinds.forEach(kind -> text.append(String.format("%22s", kind.name())));
    text.append(System.lineSeparator());
    for (Column column : Column.values()) {
      text.append(String.format("%-20s", column.head));
      double plain = Figures.median(measured.getOrDefault(kinds.get(0), List.of()), column.figure);
      for (Kind kind : kinds) {
        double value = Figures.median(measured.getOrDefault(kind, List.of()), column.figure);
        text.append(String.format(Locale.ROOT, " %,12.0f (%6.3f)", value, value / plain));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
