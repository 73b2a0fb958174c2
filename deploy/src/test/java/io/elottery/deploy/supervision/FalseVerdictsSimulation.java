package io.elottery.deploy.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.SimFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a living worker is called DOWN or SUSPECT, over worker-years in which something goes
 * wrong every other minute. A DOWN that most of its observers could not hear when it was said (all
 * connections may stall at once when packets are lost) is counted apart from a false one. {@code
 * -Dyears=10} worker-years for each of {@code -Dk=1,3,5,10} neighbours, or as many as {@code
 * -Dminutes=10} for each allow; {@code -Dfirst=N} the first town, {@code -Dtowns=1 -Dk=3} one of
 * them again; {@code -Donly=LOSS,JITTER} such mishaps alone, {@code -Dapart=5-10} that many seconds
 * of calm between them.
 */
@Tag("chaos")
class FalseVerdictsSimulation {
  private static final int WORKERS = 12;
  private static final Duration WHOLE = Duration.ofHours(6);
  private static final double YEARS = 0.02;
  private static final double YEAR_SECONDS = 365.25 * 24 * 3_600;
  private static final int MINUTES = 10;

  @Test
  void noLivingWorkerIsCalledDead() {
    Queue<String> downs = new ConcurrentLinkedQueue<>();
    List<Integer> neighbours =
        Arrays.stream(System.getProperty("k", "1,3,5,10").split(","))
            .map(Integer::valueOf)
            .toList();
    System.out.println(
        "| neighbours | worker-years | mishaps | false DOWN | DOWN, unheard by most | SUSPECT |\n"
            + "|---|---|---|---|---|---|");
    neighbours.forEach(k -> downs.addAll(measure(k)));
    assertThat(downs).isEmpty();
  }

  private static Queue<String> measure(int k) {
    double each = WORKERS * WHOLE.toSeconds() / YEAR_SECONDS;
    double wanted = Double.parseDouble(System.getProperty("years", String.valueOf(YEARS)));
    long towns = Long.getLong("towns", (long) Math.ceil(wanted / each));
    long first = Long.getLong("first", 1);
    long begin = System.nanoTime();
    long end = begin + Duration.ofMinutes(Long.getLong("minutes", MINUTES)).toNanos();
    Queue<String> downs = new ConcurrentLinkedQueue<>();
    Queue<String> unheard = new ConcurrentLinkedQueue<>();
    Queue<String> suspects = new ConcurrentLinkedQueue<>();
    AtomicLong ran = new AtomicLong();
    AtomicLong mishaps = new AtomicLong();
    Queue<SimFailure> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(first, first + towns)
        .parallel()
        .filter(seed -> System.nanoTime() < end)
        .forEach(
            seed -> {
              Script script = Mishaps.of(seed, WORKERS, k, WHOLE, density());
              try {
                WrongVerdicts wrong = WrongVerdicts.in(script, WHOLE);
                downs.addAll(wrong.downs);
                unheard.addAll(wrong.unheard);
                suspects.addAll(wrong.suspects);
                mishaps.addAndGet(script.faults().size());
                ran.incrementAndGet();
                // A long run may be ended at any time: what it found until then is there.
                System.out.printf(
                    "k=%d town %d: %d mishaps, %d false DOWN %s, %d unheard, %d SUSPECT%n",
                    k,
                    seed,
                    script.faults().size(),
                    wrong.downs.size(),
                    wrong.downs,
                    wrong.unheard.size(),
                    wrong.suspects.size());
              } catch (SimFailure failed) {
                failures.add(failed);
              }
            });
    double years = ran.get() * each;
    System.out.printf(
        "| %d | %.2f | %d | %d | %d | %d |%n",
        k, years, mishaps.get(), downs.size(), unheard.size(), suspects.size());
    double hours = (System.nanoTime() - begin) / 3.6e12;
    System.out.printf("k=%d: %.2f worker-years in an hour%n", k, years / hours);
    downs.forEach(System.out::println);
    System.out.println("DOWN, unheard by most, under " + kinds(unheard));
    System.out.println("SUSPECT under " + kinds(suspects));
    int shown = Integer.getInteger("shown", 5);
    unheard.stream().limit(shown).forEach(System.out::println);
    suspects.stream().limit(shown).forEach(System.out::println);
    assertThat(failures).isEmpty();
    return downs;
  }

  private static Mishaps.Density density() {
    String only = System.getProperty("only", "");
    String[] apart = System.getProperty("apart", "").split("-");
    return new Mishaps.Density(
        only.isEmpty() ? Set.of() : Set.of(only.split(",")),
        apart.length < 2 ? Mishaps.Density.USUAL.apartLeast() : seconds(apart[0]),
        apart.length < 2 ? Mishaps.Density.USUAL.apartMost() : seconds(apart[1]));
  }

  private static long seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text)).toNanos();
  }

  private static Map<String, Long> kinds(Queue<String> verdicts) {
    return verdicts.stream()
        .map(told -> told.substring(told.lastIndexOf('[')).replaceAll("[^A-Z_;]", ""))
        .collect(Collectors.groupingBy(kinds -> kinds, TreeMap::new, Collectors.counting()));
  }
}
