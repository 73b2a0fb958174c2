package io.elottery.worker.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.worker.town.Trial.Outcome;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The ledger under everything that goes wrong: nothing acknowledged is lost, changed or doubled,
 * nothing refused appears, a term has one writer, money is conserved (DESIGN section 7: 1, 3, 7,
 * 8). One seed: {@code -Dseed=N}; from another first one: {@code -Dfirst=N}; more: {@code
 * -Dseeds=N}.
 */
@Tag("sim")
final class ShardsSimulation {
  // Each the same on every machine.
  private static final int FIRST = 1;
  private static final int SEEDS = 2_000;
  private static final Path KEPT = Path.of("src/test/resources/shards");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void whateverGoesWrongNothingAcknowledgedIsLost() {
    Long only = Long.getLong("seed");
    if (only != null) {
      Trial.run(Scripts.of(only));
      return;
    }
    long first = Long.getLong("first", FIRST);
    long seeds = Long.getLong("seeds", SEEDS);
    AtomicLong tickets = new AtomicLong();
    AtomicLong abroad = new AtomicLong();
    AtomicLong events = new AtomicLong();
    AtomicLong simulated = new AtomicLong();
    AtomicLong moves = new AtomicLong();
    AtomicLong stuck = new AtomicLong();
    AtomicLong work = new AtomicLong();
    long begin = System.nanoTime();
    // Each seed on one thread from its first event to its last; as many threads as processors.
    LongStream.range(first, first + seeds)
        .parallel()
        .forEach(
            seed -> {
              long before = THREADS.getCurrentThreadCpuTime();
              Outcome outcome = Trial.run(Scripts.of(seed));
              tickets.addAndGet(outcome.tickets());
              abroad.addAndGet(outcome.abroad());
              events.addAndGet(outcome.events());
              moves.addAndGet(outcome.moves());
              stuck.addAndGet(outcome.stuck());
              simulated.addAndGet((long) outcome.seconds());
              work.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
            });
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "ShardsSimulation: %d seeds of %d simulated seconds, %d events, %d copies moved, %d of them stuck, %d tickets"
            + " acknowledged, %d of them in other branches' draws, none lost; %.1f s, %.1f seeds/s; %.1f seeds in a second of one processor%n",
        seeds,
        simulated.get() / seeds,
        events.get(),
        moves.get(),
        stuck.get(),
        tickets.get(),
        abroad.get(),
        seconds,
        seeds / seconds,
        seeds / (work.get() / 1e9));
    assertThat(tickets.get()).isGreaterThan(20 * seeds);
  }

  @Test
  void theSameSeedIsTheSameRun() {
    Script script = Scripts.of(7);
    long hash = Trial.run(script, true).hash();

    assertThat(Trial.run(Script.parse(script.text()), true).hash()).isEqualTo(hash);
    assertThat(Trial.run(Scripts.of(8), true).hash()).isNotEqualTo(hash);
  }

  /** Runs in which something went wrong once; each file says what. */
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
}
