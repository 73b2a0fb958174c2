package io.elottery.reports.triage;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.LateEvidence;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is known of one worker. */
final class Observed {
  /** An answered question: what was said and when. */
  record Said(boolean heard, Moment at) {}

  final NodeId worker;
  final Moment watchedSince;
  final Pace roundTrips = new Pace();
  final Pace flushes = new Pace();
  final Flapping flapping = new Flapping();
  Hemisphere hemisphere;
  List<NodeId> neighbours;
  Location location;
  String host;

  // The verdict, and the words it was found on; sentences are made when asked for.
  Verdict verdict = Verdict.UNKNOWN;
  Verdict before = Verdict.UNKNOWN;
  Instant since;
  Optional<String> behind = Optional.empty();
  List<Word> words = List.of();
  private @Nullable Judgement judgement;

  // Main's own eyes; missedAt: since when a probe of its is unanswered.
  @Nullable Moment seenByMain;
  @Nullable Moment missedAt;
  // When it last left a probe unanswered though main had just heard it; when it lived after all.
  @Nullable Moment missedOnceAt;
  @Nullable Moment wronglyMissedAt;
  boolean answers; // it answered a probe since its trunk opened
  boolean closed;
  boolean refused;

  // Its last report, by incarnation and number, and when it came.
  @Nullable Report report;
  @Nullable Moment reportedAt;
  private long ownIncarnation = -1; // of the last one that it brought itself
  private long ownNumber;

  // What its neighbours answered when asked about it.
  final Map<NodeId, Said> testimonies = new HashMap<>();

  // Since when most who were asked are silent and none hears it.
  @Nullable Moment silentSince;
  // Since when most observers do not hear it; null while they do.
  @Nullable Moment doubtedSince;

  Observed(RosterWorker entry, Moment now) {
    this.worker = entry.id();
    this.watchedSince = now;
    this.since = now.wall();
    this.hemisphere = entry.hemisphere();
    this.neighbours = entry.neighbours();
    this.location = entry.location();
    this.host = hostOf(entry);
  }

  void update(RosterWorker entry) {
    hemisphere = entry.hemisphere();
    neighbours = entry.neighbours();
    location = entry.location();
    host = hostOf(entry);
  }

  /**
   * Whether the report is newer than the one known. What the worker brought itself is measured by
   * what it brought itself: a neighbour that forges a later number silences nobody.
   */
  boolean isNews(Report other) {
    Report known = report;
    return other.relayedBy().isEmpty()
        ? isAfter(other, ownIncarnation, ownNumber)
        : known == null || isAfter(other, known.incarnation(), known.number());
  }

  /** Takes it. */
  void take(Report news, Moment now) {
    report = news;
    reportedAt = now;
    if (news.relayedBy().isEmpty()) {
      ownIncarnation = news.incarnation();
      ownNumber = news.number();
    }
  }

  private static boolean isAfter(Report other, long incarnation, long number) {
    return other.incarnation() > incarnation
        || (other.incarnation() == incarnation && other.number() > number);
  }

  /** Its trunk opened: how soon it answers is not known of this process yet. */
  void connected(Moment now) {
    answers = false;
    seen(now);
  }

  /** It answered a probe. */
  void answered(Duration roundTrip, Moment now) {
    answers = true;
    roundTrips.took(roundTrip, now);
    seen(now);
  }

  /** Main has a sign of life. */
  void seen(Moment now) {
    if (missedAt != null) {
      wronglyMissedAt = now;
    }
    seenByMain = now;
    missedAt = null;
    closed = false;
    refused = false;
    testimonies.clear();
  }

  /** It leaves a probe unanswered. */
  void missed(TriageConfig config, Moment now) {
    missedAt = missedAt == null ? now : missedAt;
    if (seenWithin(config, now)) {
      missedOnceAt = now;
    }
  }

  /** Whether its silence is in question at all. */
  boolean isMissed() {
    return missedAt != null || closed || seenByMain == null;
  }

  /** How long main has not seen it, as far as it can tell. */
  Duration unseen(Moment now) {
    Moment seen = seenByMain;
    return now.since(seen == null ? watchedSince : seen);
  }

  /** Whether main's own eyes saw it within the time. */
  boolean seenWithin(TriageConfig config, Moment now) {
    Moment seen = seenByMain;
    return !closed && seen != null && now.isWithin(config.heard(), seen);
  }

  /**
   * Whether it is certainly no observer of others: its own address said that nobody is there. A
   * verdict of silence is no such proof: behind a partition it may hear those it is asked about.
   */
  boolean isDead() {
    return refused;
  }

  /** Whether its last report says that it is out of service as planned. */
  boolean saysItRests() {
    Report said = report;
    return said != null && said.verdict() == Verdict.CONSERVED;
  }

  /** Whether anything was ever heard of it. */
  boolean everHeard() {
    return seenByMain != null || report != null;
  }

  /** Takes over what another leader found. */
  void inherit(Judgement found) {
    verdict = found.verdict();
    since = found.since();
    behind = found.behind();
    judgement = found;
  }

  /** The new verdict on these words; true when it is another one. */
  boolean conclude(Verdict next, Optional<String> hiddenBehind, List<Word> on, Moment now) {
    boolean change = next != verdict;
    if (change) {
      before = verdict;
      verdict = next;
      since = now.wall();
    }
    behind = hiddenBehind;
    words = on;
    judgement = null;
    return change;
  }

  /** The verdict with its evidence in sentences. */
  Judgement judgement() {
    Judgement known = judgement;
    if (known == null) {
      List<Word> on = words;
      List<Evidence> evidence = new LateEvidence(() -> on.stream().map(Word::evidence).toList());
      known = new Judgement(worker, hemisphere, verdict, since, behind, evidence);
      judgement = known;
    }
    return known;
  }

  private static String hostOf(RosterWorker entry) {
    return entry.trunk().map(address -> address.host()).orElse("");
  }
}
