package io.elottery.deploy.supervision;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said of workers that live in one run of a script, in words: DOWN though most of their
 * observers heard them ({@link Truth}), DOWN while most could not, and SUSPECT. Not counted is what
 * is said of a worker that was itself stopped beyond the bound, or has only just come back from
 * that.
 */
final class WrongVerdicts {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofMillis(500); // verdict.silent

  final List<String> downs = new ArrayList<>();
  final List<String> unheard = new ArrayList<>();
  final List<String> suspects = new ArrayList<>();
  private final Script script;
  private final Town town;
  private final Truth truth;
  private final Duration news;

  private WrongVerdicts(Script script) {
    this.script = script;
    this.town =
        new Town(script.seed(), Towns.config(INTERVAL), script.neighbours(), script.mains());
    this.truth = new Truth(town, BOUND);
    this.news = Duration.ofSeconds(3).plus(script.longestWay().multipliedBy(8));
  }

  /** Runs it for so long. */
  static WrongVerdicts in(Script script, Duration whole) {
    WrongVerdicts wrong = new WrongVerdicts(script);
    wrong.run(whole);
    return wrong;
  }

  private void run(Duration whole) {
    town.weather(script.calm());
    town.world.limit(Long.MAX_VALUE).untraced();
    Faults faults = new Faults(town, script.calm(), (worker, lasts) -> {});
    script.faults().forEach(faults::schedule);
    town.witnesses.add((by, judgement, fence) -> judged(by, judgement));
    town.startAll();
    town.world.runFor(whole);
  }

  private void judged(SimMain by, Judgement judgement) {
    Verdict verdict = judgement.verdict();
    if ((verdict == Verdict.DOWN || verdict == Verdict.SUSPECT) && !isReal(judgement)) {
      List<String> of =
          verdict == Verdict.SUSPECT
              ? suspects
              : truth.mostHear(by, judgement.worker()) ? downs : unheard;
      of.add(told(by, judgement));
    }
  }

  // It is dead, stands still for longer than the bound, or has only just come back from that.
  private boolean isReal(Judgement judgement) {
    if (judgement.because().contains("flapping")) {
      return true;
    }
    Duration now = town.world.elapsed();
    return script.faults().stream()
        .filter(fault -> fault.one().contains(judgement.worker()))
        .filter(this::stops)
        .anyMatch(
            fault ->
                fault.at().compareTo(now) <= 0
                    && fault.at().plus(fault.lasts()).plus(news).compareTo(now) >= 0);
  }

  private boolean stops(Fault fault) {
    boolean everyone = fault.one().size() == town.workers.size() + town.mains.size();
    return switch (fault.kind()) {
      case CRASH, POWER_LOSS, STARVATION -> true;
      case PAUSE -> !everyone && fault.lasts().compareTo(BOUND) > 0;
      default -> false;
    };
  }

  // What goes wrong about then, and why main thinks so.
  private String told(SimMain by, Judgement judgement) {
    Duration now = town.world.elapsed();
    NodeId worker = judgement.worker();
    String about =
        script.faults().stream()
            .filter(fault -> fault.at().compareTo(now) <= 0)
            .filter(fault -> fault.at().plus(fault.lasts()).plusSeconds(30).compareTo(now) >= 0)
            .map(Fault::text)
            .collect(Collectors.joining("; "));
    return String.format(
        "k=%d seed %d at %.3f s, delay %s: %s %s, because %s; in truth %s [%s]",
        town.worker(worker).neighbours.size(),
        script.seed(),
        now.toNanos() / 1e9,
        script.delayMin(),
        worker,
        judgement.verdict(),
        judgement.because(),
        truth.inWords(by, worker),
        about);
  }
}
