package io.elottery.deploy.bench.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of commands under way and times those that end in the measured part. All on one
 * thread, that of the caller's loop.
 */
final class UnderWay {
  /** The measured part begins. */
  static final String MEASURING = "measuring";

  private final Consumer<UnderWay> send;
  private final PrintStream answers;
  private final CompletableFuture<String> figures = new CompletableFuture<>();
  private final long warmUntil;
  private final long until;
  private long[] times = new long[1 << 16];
  private int counted;
  private long refused;
  private String firstRefusal = "";
  private int open;
  private boolean measuring;

  private UnderWay(
      Consumer<UnderWay> send, PrintStream answers, Duration warmUp, Duration measured) {
    this.send = send;
    this.answers = answers;
    this.warmUntil = System.nanoTime() + warmUp.toNanos();
    this.until = warmUntil + measured.toNanos();
  }

  /**
   * Runs what the lines say until they end.
   *
   * @param loop where everything else happens
   * @param send sends one command and has {@link #ended} told once, in a later turn
   */
  static void serve(
      BufferedReader lines, PrintStream answers, Executor loop, Consumer<UnderWay> send)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      Duration warmUp = Duration.ofMillis(Long.parseLong(words[1]));
      Duration measured = Duration.ofMillis(Long.parseLong(words[2]));
      UnderWay run = new UnderWay(send, answers, warmUp, measured);
      loop.execute(() -> run.begin(Integer.parseInt(words[0])));
      answers.println(run.figures.join());
    }
  }

  private void begin(int count) {
    open = count;
    for (int i = 0; i < count; i++) {
      send.accept(this);
    }
  }

  /**
   * A command has ended.
   *
   * @param began when it was sent, by {@link System#nanoTime}
   * @param refusal null when it was acknowledged
   */
  void ended(long began, @Nullable String refusal) {
    long now = System.nanoTime();
    if (!measuring && now >= warmUntil) {
      measuring = true;
      answers.println(MEASURING);
    }
    if (refusal != null && firstRefusal.isEmpty()) {
      firstRefusal = refusal.lines().findFirst().orElse("");
    }
    if (measuring && now < until) {
      if (refusal == null) {
        count(now - began);
      } else {
        refused++;
      }
    }
    if (now < until) {
      send.accept(this);
    } else if (--open == 0) {
      figures.complete(text());
    }
  }

  private void count(long nanos) {
    if (counted == times.length) {
      times = Arrays.copyOf(times, 2 * counted);
    }
    times[counted++] = nanos;
  }

  private String text() {
    long[] sorted = Arrays.copyOf(times, counted);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d %.1f %.3f %.3f %d %s",
        counted,
        counted / ((until - warmUntil) / 1e9),
        millisAt(sorted, 0.50),
        millisAt(sorted, 0.99),
        refused,
        firstRefusal);
  }

  static double millisAt(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)] / 1e6;
  }
}
