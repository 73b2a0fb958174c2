package io.elottery.deploy.supervision;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DESIGN section 7, invariant 4, seen from outside: who really heard whom. A worker that most of
 * its observers heard without a gap for as long as news may travel is not DOWN; one that stopped,
 * and whose observers are well, is DOWN within the bound; twice as late while others were missed
 * wrongly.
 */
final class Watch {
  private static final Duration BLURRED = Duration.ofSeconds(5);
  private static final long REMEMBERED = 10_000_000_000L;

  private final Town town;
  private final Disturbances disturbances;
  private final long news; // nanoseconds that a word may need to main
  private final Duration bound;
  private final Map<SimMain, Set<NodeId>> downs = new LinkedHashMap<>();
  private static final int SMALL = 40;
  private static final long LOOK_NANOS = 10_000_000;

  private long nextLook;
  private int standing; // all of them together
  int deathsProven;

  Watch(Town town, Disturbances disturbances, Duration news, Duration bound) {
    this.town = town;
    this.disturbances = disturbances;
    this.news = news.toNanos();
    this.bound = bound;
    town.witnesses.add(this::judged);
    town.world.invariant("NeverDownWhileMostHearIt", this::standing);
  }

  private void judged(SimMain by, Judgement judgement, long fence) {
    Set<NodeId> down = downs.computeIfAbsent(by, key -> new HashSet<>());
    if (judgement.verdict() != Verdict.DOWN) {
      standing -= down.remove(judgement.worker()) ? 1 : 0;
      return;
    }
    standing += down.add(judgement.worker()) ? 1 : 0;
    check(by, judgement.worker());
  }

  private void standing() {
    if (standing == 0 || town.world.nanos() < nextLook) {
      return;
    }
    // Each event of a small town; in one of hundreds a hundred times a second.
    nextLook = town.workers.size() > SMALL ? town.world.nanos() + LOOK_NANOS : 0;
    for (Map.Entry<SimMain, Set<NodeId>> each : downs.entrySet()) {
      SimMain main = each.getKey();
      if (each.getValue().isEmpty() || main.process().isEmpty() || main.node.isPaused()) {
        continue;
      }
      SimMain.Process run = main.process().get();
      boolean settled = disturbances.quietSince(main.id, town.world.nanos() - 2 * news);
      for (NodeId worker : each.getValue()) {
        Hemisphere half = town.worker(worker).half;
        boolean judges =
            settled
                && run.halves.acts(half)
                && town.world.nanos() - town.elections.since(half) > 2 * news
                && run.judgement(worker).map(j -> j.verdict() == Verdict.DOWN).orElse(false);
        if (judges) {
          check(main, worker);
        }
      }
    }
  }

  private void check(SimMain by, NodeId worker) {
    long now = town.world.nanos();
    Optional<SimWorker.Process> victim = town.worker(worker).process();
    if (victim.isEmpty() || now - victim.get().started < news) {
      return;
    }
    int observers = 1;
    int hear = by.process().map(run -> hears(run.heard.get(worker), now)).orElse(false) ? 1 : 0;
    for (NodeId neighbour : town.worker(worker).neighbours) {
      SimWorker other = town.worker(neighbour);
      Optional<SimWorker.Process> run = other.process();
      if (run.isEmpty() || other.node.isPaused() || run.get().impulses.doubtful()) {
        continue;
      }
      observers++;
      hear += hears(run.get().heard.get(worker), now) ? 1 : 0;
    }
    if (2 * hear > observers) {
      throw new AssertionError(
          String.format(
              "%s says %s is DOWN, but %d of %d observers hear it: %s",
              by.id,
              worker,
              hear,
              observers,
              by.process().flatMap(run -> run.judgement(worker)).map(Judgement::because)));
    }
  }

  private boolean hears(@Nullable Hearing hearing, long now) {
    return hearing != null && hearing.steadyFor(news, now);
  }

  /** The worker stops now for so long at least. */
  void stopped(NodeId worker, Duration atLeast) {
    SimWorker victim = town.worker(worker);
    long now = town.world.nanos();
    boolean ready =
        victim.process().map(run -> now - run.started > 12_000_000_000L).orElse(false)
            && !victim.node.isPaused()
            && quiet(victim, now - 3 * news, true);
    Optional<SimMain> leader = town.leader(victim.half);
    if (!ready || leader.isEmpty() || atLeast.compareTo(bound) <= 0 || isDownNow(victim)) {
      return;
    }
    prove(victim, leader, now, bound, atLeast);
  }

  // While several workers were missed wrongly main waits as long again before it calls one dead.
  private void prove(
      SimWorker victim, Optional<SimMain> leader, long since, Duration after, Duration atLeast) {
    long start = victim.node.starts();
    Duration longer = after.plus(BLURRED);
    town.world.after(
        after.minusNanos(town.world.nanos() - since),
        () -> {
          boolean still = victim.node.starts() == start;
          boolean sameLeader = town.leader(victim.half).equals(leader);
          if (!still || !sameLeader || !quiet(victim, since - 3 * news, false)) {
            return;
          }
          Optional<Judgement> verdict =
              leader.flatMap(SimMain::process).flatMap(run -> run.judgement(victim.id));
          if (verdict.map(Judgement::verdict).orElse(Verdict.UNKNOWN) == Verdict.DOWN) {
            deathsProven++;
          } else if (after.equals(bound) && isBlurred(since - REMEMBERED)) {
            if (atLeast.compareTo(longer) > 0) {
              prove(victim, leader, since, longer, atLeast);
            }
          } else {
            throw new AssertionError(
                victim.id + " has been dead for " + after + " and is not DOWN: " + verdict);
          }
        });
  }

  // More than one worker, and more than a quarter of them.
  private boolean isBlurred(long since) {
    long disturbed =
        town.workers.keySet().stream().filter(id -> !disturbances.quietSince(id, since)).count();
    return disturbed > Math.max(1, town.workers.size() / 4);
  }

  private boolean isDownNow(SimWorker victim) {
    return town.leader(victim.half)
        .flatMap(SimMain::process)
        .flatMap(run -> run.judgement(victim.id))
        .map(judgement -> judgement.verdict() != Verdict.UP)
        .orElse(true);
  }

  // Its observers and the mains were well all the time, and it itself before it stopped.
  private boolean quiet(SimWorker victim, long since, boolean itself) {
    return town.mains.keySet().stream().allMatch(main -> disturbances.quietSince(main, since))
        && victim.neighbours.stream().allMatch(id -> disturbances.quietSince(id, since))
        && (!itself || disturbances.quietSince(victim.id, since));
  }

  /** After a long calm: all that live are UP, what stayed dead is not. */
  void checkCalm() {
    for (SimMain main : town.mains.values()) {
      for (SimWorker worker : town.workers.values()) {
        Optional<Judgement> judgement = main.process().flatMap(run -> run.judgement(worker.id));
        Verdict verdict = judgement.map(Judgement::verdict).orElse(Verdict.UNKNOWN);
        boolean damped =
            verdict == Verdict.SUSPECT
                && judgement.map(Judgement::because).orElse("").contains("flapping");
        if (verdict != Verdict.UP && !damped) {
          throw town.world.failure(main.id + " after the calm: " + judgement, null);
        }
      }
    }
    for (SimWorker worker : town.workers.values()) {
      int missing = town.criticals.missing(worker.id, worker.node.starts());
      if (missing > 0) {
        throw town.world.failure(
            worker.id + ": " + missing + " critical facts came to no main", null);
      }
    }
  }
}
