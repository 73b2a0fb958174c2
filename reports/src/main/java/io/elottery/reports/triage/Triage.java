package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Evidence.Claim;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the reports of the neighbours and main's own eyes into verdicts with evidence.
 *
 * <p>Each neighbour and the hemisphere has one vote on a worker; one who is dead or doubts itself
 * has none, and one whom main does not hear counts against any majority of the silent. The rules,
 * first match wins:
 *
 * <pre>
 * a probe unanswered, and most looked again and do not hear it      DOWN in a moment
 * nobody votes                                          UNKNOWN (stays DOWN if it was)
 * most heard it, main too           UP, SLOW when it answers late, SUSPECT while it flaps,
 *                                                       CONSERVED while it says it rests
 * most heard it, main did not                           DEAF
 * most say gone (closed, reconnect refused), main did not hear it   DOWN at once
 * never heard since watched, and not known before       UNKNOWN
 * not heard by most for the bound, nor once by main   DOWN, if most do not hear it now
 * for the bound not known, because main does not hear enough observers      UNKNOWN, behind them
 * else                                                  SUSPECT
 * </pre>
 *
 * <p>Hence: a worker that most observers heard within the bound is never DOWN, and a silent one is
 * DOWN within {@code heard + down} of {@link TriageConfig}. Pure: time is passed in. One loop.
 */
public final class Triage {
  private final TriageConfig config;
  private final Map<NodeId, Observed> workers = new TreeMap<>();
  private final Witnesses witnesses;
  private final Horizon horizon;
  private Optional<Moment> lastJudged = Optional.empty();
  private Optional<Moment> doubtsSelfSince = Optional.empty();

  /** With its bounds. */
  public Triage(TriageConfig config) {
    this.config = config;
    this.witnesses = new Witnesses(config, workers);
    this.horizon = new Horizon(config, workers);
  }

  /** Watches exactly these workers from now on; what is known of those watched before stays. */
  public void watch(List<RosterWorker> roster, Moment now) {
    Set<NodeId> named = new HashSet<>();
    roster.forEach(each -> named.add(each.id()));
    workers.keySet().retainAll(named);
    for (RosterWorker worker : roster) {
      Observed known = workers.get(worker.id());
      if (known == null) {
        workers.put(worker.id(), new Observed(worker, now));
      } else {
        known.update(worker);
      }
    }
  }

  /** Takes over the verdict of the leader before, as recorded; evidence is gathered anew. */
  public void inherit(Judgement judgement) {
    Observed known = workers.get(judgement.worker());
    if (known != null && known.verdict == Verdict.UNKNOWN) {
      known.inherit(judgement);
    }
  }

  /** Takes a report; an older one than known is ignored. */
  public void observe(Report report, Moment now) {
    Observed known = workers.get(report.worker());
    if (known == null || !known.isNews(report)) {
      return;
    }
    known.take(report, now);
    if (!report.load().flush().isZero()) {
      known.flushes.took(report.load().flush(), now);
    }
  }

  /** Takes what main itself saw. */
  public void observe(Sighting sighting, Moment now) {
    Observed known = workers.get(sighting.worker());
    if (known == null) {
      return;
    }
    switch (sighting.kind()) {
      case CONNECTED -> known.connected(now);
      case ANSWERED -> known.answered(sighting.roundTrip(), now);
      case SPOKE -> known.seen(now);
      case MISSED -> known.missed(config, now);
      case CLOSED -> known.closed = true;
      case REFUSED -> known.refused = known.closed || known.seenByMain == null;
    }
  }

  /** Takes a neighbour's answer. */
  public void observe(Testimony testimony, Moment now) {
    Observed known = workers.get(testimony.worker());
    if (known != null && known.isMissed()) {
      known.testimonies.put(testimony.observer(), new Observed.Said(testimony.heard(), now));
    }
  }

  /** Judges all; returns those whose verdict changed. */
  public List<Judgement> judge(Moment now) {
    lookAtSelf(now);
    horizon.look(now);
    boolean trustsProbes =
        !horizon.isBlurred() && (doubtsSelfSince.isEmpty() || horizon.missing() <= 1);
    List<Judgement> changed = new ArrayList<>();
    for (Observed known : workers.values()) {
      List<Word> words = witnesses.on(known, doubtsSelfSince.isPresent(), now);
      Verdict before = known.verdict;
      Verdict verdict = verdict(known, words, trustsProbes, now);
      Optional<String> behind =
          verdict == Verdict.UNKNOWN ? horizon.hides(known, words) : Optional.empty();
      if (known.conclude(verdict, behind, words, now)) {
        if (verdict == Verdict.DOWN && before != Verdict.UNKNOWN) {
          known.flapping.fell(now);
        }
        changed.add(known.judgement());
      }
    }
    return changed;
  }

  /** All current judgements, by name. */
  public Map<NodeId, Judgement> judgements() {
    Map<NodeId, Judgement> all = new TreeMap<>();
    workers.forEach((id, known) -> all.put(id, known.judgement()));
    return all;
  }

  /** The current judgements of one half, by name. */
  public List<Judgement> judgements(Hemisphere hemisphere) {
    List<Judgement> some = new ArrayList<>();
    for (Observed known : workers.values()) {
      if (known.hemisphere == hemisphere) {
        some.add(known.judgement());
      }
    }
    return some;
  }

  /** The current judgement of one worker; empty when it is not watched. */
  public Optional<Judgement> judgement(NodeId worker) {
    return Optional.ofNullable(workers.get(worker)).map(Observed::judgement);
  }

  /** What a worker's verdict was before it last changed. */
  public Verdict before(NodeId worker) {
    return Optional.ofNullable(workers.get(worker))
        .map(known -> known.before)
        .orElse(Verdict.UNKNOWN);
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

  /** The hemisphere of a watched worker. */
  public Optional<Hemisphere> hemisphereOf(NodeId worker) {
    return Optional.ofNullable(workers.get(worker)).map(known -> known.hemisphere);
  }

  // Late between two judgements: what looked like others' silence was our own.
  private void lookAtSelf(Moment now) {
    boolean late = lastJudged.isPresent() && !now.isWithin(config.doubt(), lastJudged.get());
    if (late) {
      doubtsSelfSince = Optional.of(now);
      workers.values().forEach(known -> known.doubtedSince = null);
    } else if (doubtsSelfSince.isPresent()
        && !now.isWithin(config.heard(), doubtsSelfSince.get())) {
      doubtsSelfSince = Optional.empty();
    }
    lastJudged = Optional.of(now);
  }

  private Verdict verdict(Observed known, List<Word> words, boolean trustsProbes, Moment now) {
    Tally tally = Tally.of(words);
    Claim main = words.get(0).claim();
    Verdict before = known.verdict;
    boolean silent = tally.mostSilentWhenAsked();
    if (!silent) {
      known.silentSince = null;
    } else if (known.silentSince == null) {
      known.silentSince = now;
    }
    if (silent && trustsProbes && owesAnswer(known, now)) {
      if (before != Verdict.DOWN && !nobodyTookItBack(known, now)) {
        return before;
      }
      known.flapping.notHeard();
      return Verdict.DOWN;
    }
    if (tally.votes() == 0) {
      known.doubtedSince = null;
      return before == Verdict.DOWN ? Verdict.DOWN : Verdict.UNKNOWN;
    }
    if (tally.mostHear()) {
      known.doubtedSince = null;
      return heard(known, words, main, now);
    }
    known.flapping.notHeard();
    if (known.doubtedSince == null) {
      known.doubtedSince = now;
    }
    if (main == Claim.HEARD) {
      return Verdict.SUSPECT;
    }
    if (tally.mostGone(main == Claim.GONE)) {
      return Verdict.DOWN;
    }
    if (!known.everHeard()
        && tally.heard() == 0
        && (before == Verdict.UNKNOWN || before == Verdict.DOWN)) {
      return before;
    }
    return notHeard(known, tally, before, now);
  }

  // Lost packets are sent again at about the same time: who was silent is heard just then.
  private boolean nobodyTookItBack(Observed known, Moment now) {
    Moment since = known.silentSince;
    return since != null
        && now.since(since).compareTo(config.moment().plus(known.roundTrips.longestLately())) >= 0;
  }

  // A process that has just begun, on a busy machine, answers late: until it has once, the slower
  // rule is for it, and later it is measured by its own last answers.
  private boolean owesAnswer(Observed known, Moment now) {
    Moment seen = known.seenByMain;
    return known.missedAt != null
        && known.answers
        && seen != null
        && now.since(seen).compareTo(config.silent().plus(known.roundTrips.longestLately())) >= 0;
  }

  private Verdict heard(Observed known, List<Word> words, Claim main, Moment now) {
    Optional<String> flaps = known.flapping.heard(now);
    if (flaps.isPresent()) {
      words.add(Word.abstains("triage", Word.Weight.NONE, flaps::get));
      return Verdict.SUSPECT;
    }
    if (main != Claim.HEARD) {
      return Verdict.DEAF;
    }
    if (known.saysItRests()) {
      words.add(
          Word.abstains(known.worker.name(), Word.Weight.NONE, () -> "it says that it rests"));
      return Verdict.CONSERVED;
    }
    Optional<String> slow =
        known
            .roundTrips
            .slow("a probe's round trip", now)
            .or(() -> known.flushes.slow("its flush", now));
    if (slow.isPresent()) {
      words.add(Word.abstains("triage", Word.Weight.NONE, slow::get));
      return Verdict.SLOW;
    }
    return Verdict.UP;
  }

  private Verdict notHeard(Observed known, Tally tally, Verdict before, Moment now) {
    Moment since = known.doubtedSince;
    Duration doubted = since == null ? Duration.ZERO : now.since(since);
    boolean longEnough = doubted.compareTo(config.down()) >= 0;
    if (tally.mostSilent()) {
      // Who is to be called dead was not seen in between either, and is not heard by most now.
      boolean dead =
          longEnough && tally.mostSilentNow() && known.unseen(now).compareTo(patience()) >= 0;
      return dead || before == Verdict.DOWN ? Verdict.DOWN : Verdict.SUSPECT;
    }
    if (tally.missing() > 0) {
      return longEnough || before == Verdict.UNKNOWN ? Verdict.UNKNOWN : hold(before);
    }
    return Verdict.SUSPECT;
  }

  // A question and its answer may both be lost and sent again: then each takes so much longer.
  private Duration patience() {
    Duration usual = config.heard().plus(config.down());
    return horizon.isBlurred() ? usual.multipliedBy(2) : usual;
  }

  // Not known yet whether it is still so: what was DOWN is not called better for a moment.
  private static Verdict hold(Verdict before) {
    return before == Verdict.DOWN ? Verdict.DOWN : Verdict.SUSPECT;
  }
}
