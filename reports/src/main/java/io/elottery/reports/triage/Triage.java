package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Evidence.Claim;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Joins the reports of the neighbours and main's own eyes into verdicts with evidence.
 *
 * <p>Each neighbour and the hemisphere has one vote on a worker; one who doubts itself has none.
 * The rules, first match wins:
 *
 * <pre>
 * nobody votes                                          UNKNOWN (stays DOWN if it was)
 * most heard it, main too                               UP
 * most heard it, main did not                           DEAF
 * most say gone (closed, reconnect refused), main did not hear it   DOWN at once
 * never heard since watched, and not known before       UNKNOWN
 * not heard by most for the bound, main did not hear it DOWN
 * else                                                  SUSPECT
 * </pre>
 *
 * <p>Hence: a worker that most observers heard within the bound is never DOWN, and a silent one is
 * DOWN within {@code heard + down} of {@link TriageConfig}. Pure: time is passed in. One loop.
 */
public final class Triage {
  private final TriageConfig config;
  private final Map<NodeId, Observed> workers = new TreeMap<>();
  private Optional<Moment> lastJudged = Optional.empty();
  private Optional<Moment> doubtsSelfSince = Optional.empty();

  /** With its bounds. */
  public Triage(TriageConfig config) {
    this.config = config;
  }

  /** Watches exactly these workers from now on; what is known of those watched before stays. */
  public void watch(List<RosterWorker> roster, Moment now) {
    workers.keySet().removeIf(id -> roster.stream().noneMatch(each -> each.id().equals(id)));
    for (RosterWorker worker : roster) {
      Observed known = workers.get(worker.id());
      if (known == null) {
        Judgement unknown =
            new Judgement(
                worker.id(),
                worker.hemisphere(),
                Verdict.UNKNOWN,
                now.wall(),
                Optional.empty(),
                List.of());
        workers.put(
            worker.id(),
            new Observed(worker.id(), now, worker.hemisphere(), worker.neighbours(), unknown));
      } else {
        known.hemisphere = worker.hemisphere();
        known.neighbours = worker.neighbours();
      }
    }
  }

  /** Takes over the verdict of the leader before, as recorded; evidence is gathered anew. */
  public void inherit(Judgement judgement) {
    Observed known = workers.get(judgement.worker());
    if (known != null && known.judgement.verdict() == Verdict.UNKNOWN) {
      known.judgement = judgement;
    }
  }

  /** Takes a report; an older one than known is ignored. */
  public void observe(Report report, Moment now) {
    Observed known = workers.get(report.worker());
    if (known == null || !known.isNews(report)) {
      return;
    }
    known.report = report;
    known.reportedAt = now;
  }

  /** Takes what main itself saw. */
  public void observe(Sighting sighting, Moment now) {
    Observed known = workers.get(sighting.worker());
    if (known == null) {
      return;
    }
    switch (sighting.kind()) {
      case CONNECTED, ANSWERED -> {
        known.seenByMain = now;
        known.closed = false;
        known.refused = false;
      }
      case CLOSED -> known.closed = true;
      case REFUSED -> known.refused = known.closed || known.seenByMain == null;
    }
  }

  /** Judges all; returns those whose verdict changed. */
  public List<Judgement> judge(Moment now) {
    lookAtSelf(now);
    List<Judgement> changed = new ArrayList<>();
    for (Observed known : workers.values()) {
      List<Evidence> evidence = evidence(known, now);
      Verdict verdict = verdict(known, evidence, now);
      boolean change = verdict != known.judgement.verdict();
      known.judgement =
          new Judgement(
              known.worker,
              known.hemisphere,
              verdict,
              change ? now.wall() : known.judgement.since(),
              Optional.empty(),
              evidence);
      if (change) {
        changed.add(known.judgement);
      }
    }
    return changed;
  }

  /** All current judgements, by name. */
  public Map<NodeId, Judgement> judgements() {
    Map<NodeId, Judgement> all = new TreeMap<>();
    workers.forEach((id, known) -> all.put(id, known.judgement));
    return all;
  }

  /** The last report of each worker, by name. */
  public List<Report> reports() {
    List<Report> all = new ArrayList<>();
    for (Observed known : workers.values()) {
      Report report = known.report;
      if (report != null) {
        all.add(report);
      }
    }
    return all;
  }

  // Late between two judgements: what looked like others' silence was our own.
  private void lookAtSelf(Moment now) {
    boolean late =
        lastJudged.isPresent() && now.since(lastJudged.get()).compareTo(config.doubt()) > 0;
    if (late) {
      doubtsSelfSince = Optional.of(now);
      workers.values().forEach(known -> known.doubtedSince = null);
    } else if (doubtsSelfSince.isPresent()
        && now.since(doubtsSelfSince.get()).compareTo(config.heard()) > 0) {
      doubtsSelfSince = Optional.empty();
    }
    lastJudged = Optional.of(now);
  }

  private List<Evidence> evidence(Observed known, Moment now) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(ownEyes(known, now));
    for (NodeId neighbour : known.neighbours) {
      evidence.add(wordOf(neighbour, known.worker, now));
    }
    return evidence;
  }

  private Evidence ownEyes(Observed known, Moment now) {
    String self = known.hemisphere.name();
    boolean heard = mainHears(known, now);
    Moment seen = known.seenByMain;
    if (heard && seen != null) {
      return new Evidence(self, Claim.HEARD, self + " hears it");
    }
    if (known.refused) {
      return new Evidence(
          self, Claim.GONE, self + ": its trunk is closed and its address refuses connections");
    }
    if (doubtsSelfSince.isPresent()) {
      return new Evidence(self, Claim.ABSTAINS, self + " was late itself and casts no vote");
    }
    if (seen != null) {
      String what = known.closed ? ": its trunk is closed, last heard " : " last heard it ";
      return new Evidence(self, Claim.SILENT, self + what + ago(now.since(seen)));
    }
    boolean early = now.since(known.watchedSince).compareTo(config.heard()) <= 0;
    return new Evidence(
        self, early ? Claim.ABSTAINS : Claim.SILENT, self + " has not heard it yet");
  }

  private Evidence wordOf(NodeId observer, NodeId worker, Moment now) {
    String name = observer.name();
    Observed by = workers.get(observer);
    if (by == null || by.report == null || by.reportedAt == null) {
      return new Evidence(name, Claim.ABSTAINS, name + " has not reported");
    }
    Duration age = now.since(by.reportedAt);
    // A report holds until the next one only while its sender is known to live.
    boolean holds =
        age.compareTo(config.heard()) <= 0
            || (age.compareTo(config.fresh()) <= 0
                && (mainHears(by, now) || by.report.relayedBy().isPresent()));
    if (!holds) {
      return new Evidence(name, Claim.ABSTAINS, name + " last reported " + ago(age));
    }
    if (by.report.doubtful()) {
      return new Evidence(name, Claim.ABSTAINS, name + " doubts itself and casts no vote");
    }
    for (NeighbourReport said : by.report.neighbours()) {
      if (said.neighbour().equals(worker)) {
        return word(name, said);
      }
    }
    return new Evidence(name, Claim.ABSTAINS, name + " says nothing of it");
  }

  private static Evidence word(String name, NeighbourReport said) {
    if (said.trust() == NeighbourReport.Trust.TRUSTED) {
      return new Evidence(name, Claim.HEARD, name + " hears it");
    }
    if (!said.connected() && said.refused()) {
      return new Evidence(
          name, Claim.GONE, name + ": link closed and reconnect refused since " + said.since());
    }
    return new Evidence(
        name,
        Claim.SILENT,
        String.format("%s has not heard it since %s (%s)", name, said.since(), said.trust()));
  }

  private Verdict verdict(Observed known, List<Evidence> evidence, Moment now) {
    long heard = count(evidence, Claim.HEARD);
    long gone = count(evidence, Claim.GONE);
    long votes = heard + gone + count(evidence, Claim.SILENT);
    boolean mainHeard = evidence.get(0).claim() == Claim.HEARD;
    Verdict before = known.judgement.verdict();
    if (votes == 0) {
      known.doubtedSince = null;
      return before == Verdict.DOWN ? Verdict.DOWN : Verdict.UNKNOWN;
    }
    if (2 * heard > votes) {
      known.doubtedSince = null;
      return mainHeard ? Verdict.UP : Verdict.DEAF;
    }
    if (known.doubtedSince == null) {
      known.doubtedSince = now;
    }
    if (mainHeard) {
      return Verdict.SUSPECT;
    }
    if (2 * gone > votes) {
      return Verdict.DOWN;
    }
    boolean everHeard = known.seenByMain != null || known.report != null || heard > 0;
    if (!everHeard && (before == Verdict.UNKNOWN || before == Verdict.DOWN)) {
      return before;
    }
    boolean longEnough = now.since(known.doubtedSince).compareTo(config.down()) >= 0;
    boolean mostSilent = 2 * heard < votes;
    if (before == Verdict.DOWN && mostSilent) {
      return Verdict.DOWN;
    }
    return longEnough && mostSilent ? Verdict.DOWN : Verdict.SUSPECT;
  }

  private boolean mainHears(Observed known, Moment now) {
    Moment seen = known.seenByMain;
    return !known.closed && seen != null && now.since(seen).compareTo(config.heard()) <= 0;
  }

  private static long count(List<Evidence> evidence, Claim claim) {
    return evidence.stream().filter(piece -> piece.claim() == claim).count();
  }

  private static String ago(Duration age) {
    return String.format("%.1f s ago", age.toMillis() / 1000.0);
  }

  /** The hemisphere of a watched worker. */
  public Optional<Hemisphere> hemisphereOf(NodeId worker) {
    return Optional.ofNullable(workers.get(worker)).map(known -> known.hemisphere);
  }
}
