package io.elottery.deploy.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.SimFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a living worker is called DOWN or SUSPECT, over worker-years in which something goes
 * wrong every other minute. A DOWN that most of its observers could not hear when it was said (all
 * connections may stall at once when packets are lost) is counted apart from a false one. {@code
 * -Dyears=10} worker-years for each of {@code -Dk=1,3,5,10} neighbours, or as many as {@code
 * -Dminutes=10} allow; {@code -Dfirst=N} the first town, {@code -Dtowns=1 -Dk=3} one of them again;
 * {@code -Donly=LOSS,JITTER} such mishaps alone, {@code -Dapart=5-10} that many seconds of calm
 * between them. {@code -Dkept=FILE} adds each town to that file and leaves out those that are in
 * it; {@code -Dplot=FILE} draws what all of them say.
 */
@Tag("chaos")
class FalseVerdictsSimulation {
  private static final int WORKERS = 12;
  private static final Duration WHOLE = Duration.ofHours(6);
  private static final double YEARS = 0.02;
  private static final double YEAR_SECONDS = 365.25 * 24 * 3_600;
  private static final int MINUTES = 10;

  private final Queue<String> downs = new ConcurrentLinkedQueue<>();
  private final Queue<String> unheard = new ConcurrentLinkedQueue<>();
  private final Queue<String> suspects = new ConcurrentLinkedQueue<>();
  private final Queue<SimFailure> failures = new ConcurrentLinkedQueue<>();

  @Test
  void noLivingWorkerIsCalledDead() throws IOException {
    double each = WORKERS * WHOLE.toSeconds() / YEAR_SECONDS;
    double wanted = Double.parseDouble(System.getProperty("years", String.valueOf(YEARS)));
    long towns = Long.getLong("towns", (long) Math.ceil(wanted / each));
    long first = Long.getLong("first", 1);
    TownsRun run = new TownsRun(file("kept"), mishaps(), each);
    long begin = System.nanoTime();
    long end = begin + Duration.ofMinutes(Long.getLong("minutes", MINUTES)).toNanos();
    long before = run.towns();
    List<Integer> neighbours =
        Arrays.stream(System.getProperty("k", "1,3,5,10").split(","))
            .map(Integer::valueOf)
            .toList();
    LongStream.range(first, first + towns)
        .boxed()
        .flatMap(seed -> neighbours.stream().map(k -> new Place(k, seed)))
        .filter(place -> !run.knows(place.neighbours, place.seed))
        .toList()
        .parallelStream()
        .filter(place -> System.nanoTime() < end)
        .forEach(place -> look(place, run));
    tell(run);
    double hours = (System.nanoTime() - begin) / 3.6e12;
    System.out.printf("%.2f worker-years in an hour%n", (run.towns() - before) * each / hours);
    assertThat(failures).isEmpty();
    assertThat(downs).isEmpty();
    assertThat(run.sums()).allMatch(sum -> sum.downs() == 0);
  }

  private record Place(int neighbours, long seed) {}

  private void look(Place place, TownsRun run) {
    Script script = Mishaps.of(place.seed, WORKERS, place.neighbours, WHOLE, density());
    try {
      WrongVerdicts wrong = WrongVerdicts.in(script, WHOLE);
      // At once: a long run may be ended at any time.
      wrong.downs.forEach(System.out::println);
      downs.addAll(wrong.downs);
      unheard.addAll(wrong.unheard);
      suspects.addAll(wrong.suspects);
      run.add(
          new TownsRun.Town(
              place.neighbours,
              place.seed,
              script.faults().size(),
              wrong.downs.size(),
              wrong.unheard.size(),
              wrong.suspects.size()));
    } catch (SimFailure failed) {
      failures.add(failed);
    }
  }

  private void tell(TownsRun run) throws IOException {
    System.out.println(run);
    Optional<Path> plot = file("plot");
    if (plot.isPresent()) {
      Files.writeString(plot.get(), WrongVerdictsPlot.of(run.sums()));
    }
    System.out.println("DOWN, unheard by most, under " + kinds(unheard));
    System.out.println("SUSPECT under " + kinds(suspects));
    int shown = Integer.getInteger("shown", 5);
    unheard.stream().limit(shown).forEach(System.out::println);
    suspects.stream().limit(shown).forEach(System.out::println);
  }

  private static Optional<Path> file(String property) {
    return Optional.ofNullable(System.getProperty(property)).map(Path::of);
  }

  private static String mishaps() {
    return String.format(
        "mishaps/v1 %d workers %s only=%s apart=%s",
        WORKERS, WHOLE, System.getProperty("only", ""), System.getProperty("apart", ""));
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
