package io.elottery.deploy.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimFailure;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a living worker is called DOWN or SUSPECT, over worker-years in which something goes
 * wrong every other minute. A DOWN that most of its observers could not hear when it was said (all
 * connections may stall at once when packets are lost) is counted apart from a false one. {@code
 * -Dyears=10} worker-years for each of {@code -Dk=1,3,5,10} neighbours, or as many as {@code
 * -Dminutes=10} for each allow; {@code -Dfirst=N} the first town, {@code -Dtowns=1 -Dk=3} one of
 * them again.
 */
@Tag("chaos")
class FalseVerdictsSimulation {
  private static final int WORKERS = 12;
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofMillis(500); // verdict.silent
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
              Script script = Mishaps.of(seed, WORKERS, k, WHOLE);
              try {
                run(script, k, downs, unheard, suspects);
                mishaps.addAndGet(script.faults().size());
                ran.incrementAndGet();
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

  private static Map<String, Long> kinds(Queue<String> verdicts) {
    return verdicts.stream()
        .map(told -> told.substring(told.lastIndexOf('[')).replaceAll("[^A-Z_;]", ""))
        .collect(Collectors.groupingBy(kinds -> kinds, TreeMap::new, Collectors.counting()));
  }

  private static void run(
      Script script, int k, Queue<String> downs, Queue<String> unheard, Queue<String> suspects) {
    Town town =
        new Town(script.seed(), Towns.config(INTERVAL), script.neighbours(), script.mains());
    town.weather(script.calm());
    town.world.limit(Long.MAX_VALUE).untraced();
    Faults faults = new Faults(town, script.calm(), (worker, lasts) -> {});
    script.faults().forEach(faults::schedule);
    Duration news = Duration.ofSeconds(3).plus(script.longestWay().multipliedBy(8));
    town.witnesses.add(
        (by, judgement, fence) -> {
          boolean ill =
              judgement.verdict() == Verdict.DOWN || judgement.verdict() == Verdict.SUSPECT;
          if (ill && !isReal(town, script, judgement, news)) {
            Queue<String> of =
                judgement.verdict() == Verdict.SUSPECT
                    ? suspects
                    : mostHear(town, by, judgement.worker(), script) ? downs : unheard;
            of.add(told(town, script, k, judgement));
          }
        });
    town.startAll();
    town.world.runFor(WHOLE);
  }

  // Of its living neighbours and main, by what really arrived, within the bound and the way there.
  private static boolean mostHear(Town town, SimMain by, NodeId worker, Script script) {
    long now = town.world.nanos();
    long bound = BOUND.plus(script.delayMax()).toNanos();
    int observers = 1;
    int hear = by.process().map(run -> hears(run.heard.get(worker), bound, now)).orElse(0);
    for (NodeId neighbour : town.worker(worker).neighbours) {
      Optional<SimWorker.Process> run = town.worker(neighbour).process();
      if (run.isPresent() && !town.node(neighbour).isPaused()) {
        observers++;
        hear += hears(run.get().heard.get(worker), bound, now);
      }
    }
    return 2 * hear > observers;
  }

  private static int hears(@Nullable Hearing hearing, long bound, long now) {
    return hearing != null && hearing.within(bound, now) ? 1 : 0;
  }

  // It is dead, stands still for longer than the bound, or has only just come back from that.
  private static boolean isReal(Town town, Script script, Judgement judgement, Duration news) {
    NodeId worker = judgement.worker();
    if (judgement.because().contains("flapping")) {
      return true;
    }
    Duration now = town.world.elapsed();
    return script.faults().stream()
        .filter(fault -> fault.one().contains(worker))
        .filter(fault -> stops(town, fault))
        .anyMatch(
            fault ->
                fault.at().compareTo(now) <= 0
                    && fault.at().plus(fault.lasts()).plus(news).compareTo(now) >= 0);
  }

  private static boolean stops(Town town, Fault fault) {
    boolean everyone = fault.one().size() == town.workers.size() + town.mains.size();
    return switch (fault.kind()) {
      case CRASH, POWER_LOSS, STARVATION -> true;
      case PAUSE -> !everyone && fault.lasts().compareTo(BOUND) > 0;
      default -> false;
    };
  }

  // What goes wrong about then, and why main thinks so.
  private static String told(Town town, Script script, int k, Judgement judgement) {
    Duration now = town.world.elapsed();
    String about =
        script.faults().stream()
            .filter(fault -> fault.at().compareTo(now) <= 0)
            .filter(fault -> fault.at().plus(fault.lasts()).plusSeconds(30).compareTo(now) >= 0)
            .map(Fault::text)
            .collect(Collectors.joining("; "));
    return String.format(
        "k=%d seed %d at %.3f s, delay %s: %s %s, because %s [%s]",
        k,
        script.seed(),
        now.toNanos() / 1e9,
        script.delayMin(),
        judgement.worker(),
        judgement.verdict(),
        judgement.because(),
        about);
  }
}
