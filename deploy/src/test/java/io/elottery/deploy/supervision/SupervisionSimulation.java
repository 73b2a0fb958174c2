package io.elottery.deploy.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.deploy.supervision.Trial.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Workers and mains under everything that goes wrong: never a wrong DOWN, never a death missed, no
 * order of an old leader carried out, no critical fact lost, nothing left behind (DESIGN section 7,
 * 3 to 5 and 8). One seed: {@code -Dseed=N}; from another first one: {@code -Dfirst=N}; more:
 * {@code -Dseeds=N}; of other sizes: {@code -Dsize=300} or {@code -Dsize=300-1000} workers.
 */
class SupervisionSimulation {
  private static final int SEEDS = 5_000;
  private static final int WORKERS_MIN = 3;
  private static final int WORKERS_MAX = 10; // with mains mostly 12 servers at most
  private static final int LARGER = 100; // one of so many towns
  private static final int LARGER_MAX = 40;
  private static final Path KEPT = Path.of("src/test/resources/supervision");
  private static final Path KEPT_VERDICTS = Path.of("src/test/resources/verdicts");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void whateverGoesWrongVerdictsAreRight() {
    Long only = Long.getLong("seed");
    if (only != null) {
      Trial.run(script(only));
      return;
    }
    long first = Long.getLong("first", 1);
    long seeds = Long.getLong("seeds", SEEDS);
    AtomicLong deaths = new AtomicLong();
    AtomicLong events = new AtomicLong();
    AtomicLong work = new AtomicLong();
    long begin = System.nanoTime();
    // Each seed on one thread from its first event to its last; as many threads as processors.
    LongStream.range(first, first + seeds)
        .parallel()
        .forEach(
            seed -> {
              long before = THREADS.getCurrentThreadCpuTime();
              Outcome outcome = Trial.run(script(seed));
              deaths.addAndGet(outcome.deaths());
              events.addAndGet(outcome.events());
              work.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
            });
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "SupervisionSimulation: %d seeds, %d events, %d deaths found in time, %.1f s, %.1f"
            + " seeds/s; %.1f seeds in a second of one processor%n",
        seeds, events.get(), deaths.get(), seconds, seeds / seconds, seeds / (work.get() / 1e9));
    assertThat(deaths.get()).isGreaterThan(seeds < 100 ? -1 : seeds / 20);
  }

  /** Towns in which something went wrong once; each file says what. */
  @TestFactory
  Stream<DynamicTest> whatWasFoundOnceIsFoundNoMore() throws IOException {
    List<Path> kept;
    try (Stream<Path> files = Files.list(KEPT)) {
      kept = files.sorted().toList();
    }
    return kept.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> Trial.run(Script.parse(Files.readString(file)))));
  }

  /** Towns in which a living worker was once called DOWN though most of its observers heard it. */
  @TestFactory
  Stream<DynamicTest> whoMostHeardIsCalledDownNoMore() throws IOException {
    List<Path> kept;
    try (Stream<Path> files = Files.list(KEPT_VERDICTS)) {
      kept = files.sorted().toList();
    }
    return kept.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      Script script = Script.parse(Files.readString(file));
                      assertThat(WrongVerdicts.in(script, Scripts.WHOLE).downs).isEmpty();
                    }));
  }

  private static Script script(long seed) {
    String size = System.getProperty("size");
    if (size != null) {
      String[] bounds = size.split("-");
      int least = Integer.parseInt(bounds[0]);
      return Scripts.of(seed, least, Integer.parseInt(bounds[bounds.length - 1]));
    }
    return Scripts.of(seed, WORKERS_MIN, seed % LARGER == 0 ? LARGER_MAX : WORKERS_MAX);
  }
}
