package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Some workers, each the neighbour of all others, and a triage that watches them. */
final class Ward {
  static final long STEP_MILLIS = 500;

  private static final Location EAST = new Location("east", "a");

  final Triage triage = new Triage(TriageConfig.STANDARD);
  private final List<NodeId> workers = new ArrayList<>();
  // What the world is: who no longer speaks, who does not reach main, who says what of whom.
  private final Set<NodeId> silent = new HashSet<>();
  private final Set<NodeId> deaf = new HashSet<>();
  private final Map<String, NeighbourReport> words = new TreeMap<>();
  private long millis = 1_000_000;
  private long numbers;

  Ward(int count) {
    this(count, 0);
  }

  /** The first so many of them stand in one data centre, the others elsewhere. */
  Ward(int count, int inEast) {
    for (int i = 1; i <= count; i++) {
      workers.add(NodeId.of("worker-" + i));
    }
    List<RosterWorker> roster =
        workers.stream()
            .map(
                id ->
                    new RosterWorker(
                        id,
                        Hemisphere.LEFT,
                        workers.indexOf(id) < inEast ? EAST : Location.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        workers.stream().filter(other -> !other.equals(id)).toList()))
            .toList();
    triage.watch(roster, now());
  }

  Moment now() {
    return new Moment(Instant.ofEpochMilli(millis), millis * 1_000_000);
  }

  /** Everybody speaks and hears everybody for so long. */
  void allWell(long forMillis) {
    for (NodeId by : workers) {
      for (NodeId of : workers) {
        word(by, of, Trust.TRUSTED, false);
      }
    }
    pass(forMillis, 1);
  }

  /** Time passes; workers from this number on answer probes and report, unless silent or deaf. */
  void pass(long forMillis, int from) {
    for (long end = millis + forMillis; millis < end; millis += STEP_MILLIS) {
      for (NodeId worker : workers.subList(from - 1, workers.size())) {
        if (!silent.contains(worker)) {
          if (!deaf.contains(worker)) {
            answer(worker, 1);
          }
          report(worker);
        }
      }
      triage.judge(now());
    }
  }

  void sleep(long forMillis) {
    millis += forMillis;
  }

  void see(NodeId worker, Sighting.Kind kind) {
    triage.observe(new Sighting(worker, kind), now());
  }

  /** It answers a probe after so long. */
  void answer(NodeId worker, long afterMillis) {
    Duration roundTrip = Duration.ofMillis(afterMillis);
    triage.observe(new Sighting(worker, Sighting.Kind.ANSWERED, roundTrip), now());
  }

  /** Main sees all the others, who report nothing new. */
  void seeAllBut(NodeId one) {
    workers.stream()
        .filter(other -> !other.equals(one))
        .forEach(other -> see(other, Sighting.Kind.ANSWERED));
  }

  void testify(NodeId by, NodeId of, boolean heard) {
    triage.observe(new Testimony(by, of, heard), now());
  }

  void silence(NodeId worker) {
    silent.add(worker);
    workers.forEach(by -> word(by, worker, Trust.SUSPECT, false));
  }

  void deafen(NodeId worker) {
    deaf.add(worker);
  }

  /** The neighbour says it at once. */
  void say(int by, NodeId of, Trust trust, boolean refused) {
    word(NodeId.of("worker-" + by), of, trust, refused);
    report(NodeId.of("worker-" + by));
  }

  List<Judgement> judge() {
    return triage.judge(now());
  }

  Judgement judgement(NodeId worker) {
    Judgement judgement = triage.judgements().get(worker);
    if (judgement == null) {
      throw new AssertionError(worker + " is not watched");
    }
    return judgement;
  }

  Verdict verdict(NodeId worker) {
    return judgement(worker).verdict();
  }

  Judgement down(NodeId worker) {
    return new Judgement(
        worker, Hemisphere.LEFT, Verdict.DOWN, now().wall(), Optional.empty(), List.of());
  }

  private void word(NodeId by, NodeId of, Trust trust, boolean refused) {
    words.put(
        by + ">" + of,
        new NeighbourReport(
            of,
            1,
            1,
            0,
            Duration.ofMillis(1),
            0,
            trust,
            now().wall(),
            !refused,
            refused,
            true,
            true));
  }

  private void report(NodeId by) {
    List<NeighbourReport> said = new ArrayList<>();
    for (NodeId of : workers) {
      NeighbourReport word = words.get(by + ">" + of);
      if (word != null && !of.equals(by)) {
        said.add(word);
      }
    }
    triage.observe(
        new Report(
            by,
            1,
            ++numbers,
            now().wall(),
            Priority.ROUTINE,
            true,
            false,
            Verdict.UP,
            List.of(),
            Load.NONE,
            said,
            List.of(),
            deaf.contains(by) ? Optional.of(NodeId.of("worker-9")) : Optional.empty()),
        now());
  }
}
