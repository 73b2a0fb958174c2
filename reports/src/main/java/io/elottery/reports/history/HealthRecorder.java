package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.Report;
import io.elottery.reports.triage.Moment;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes minutes of history out of reports and verdicts. What a report says counts for the minute it
 * came in; counters count by how much they grew since the report before. A clock set back makes the
 * running minute longer, by an hour at most. Pure; on main's loop.
 */
public final class HealthRecorder {
  /** The longest time one report speaks for: three periods. */
  static final Duration SPEAKS_FOR_MAX = Duration.ofSeconds(15);

  private static final Duration BACK_MAX = Duration.ofHours(1);
  private static final Duration FORGET = Duration.ofHours(1);

  private record Known(Report last, Moment at) {}

  private record Judged(Verdict verdict, Instant since) {}

  private final Map<NodeId, Known> reports = new HashMap<>();
  private Map<NodeId, Judged> judged = new HashMap<>();
  private Map<NodeId, ServerHealth> servers = new HashMap<>();
  private Map<LinkName, LinkHealth> links = new HashMap<>();
  private Instant start;
  private Moment last;
  private long coveredMillis;

  /** Begins now. */
  public HealthRecorder(Moment now) {
    start = Resolution.MINUTE.floor(now.wall());
    last = now;
  }

  /** A report came. */
  public void observe(Report report, Moment now) {
    Known before = reports.get(report.worker());
    long millis = 0;
    Map<NodeId, NeighbourReport> earlier = new HashMap<>();
    if (before != null && before.last.incarnation() == report.incarnation()) {
      if (before.last.number() >= report.number()) {
        return; // Overtaken by a more urgent one, which said all it says and more; or twice.
      }
      millis = millisBetween(before.last, report);
      before.last.neighbours().forEach(each -> earlier.put(each.neighbour(), each));
    }
    Spread roundTrip = Spread.NONE;
    long lost = 0;
    for (NeighbourReport neighbour : report.neighbours()) {
      LinkHealth link =
          link(Optional.ofNullable(earlier.get(neighbour.neighbour())), neighbour, millis);
      links.merge(new LinkName(report.worker(), neighbour.neighbour()), link, LinkHealth::plus);
      roundTrip = roundTrip.plus(link.roundTrip());
      lost += link.lost();
    }
    servers.merge(
        report.worker(),
        ServerHealth.reported(report.load(), report.relayedBy().isPresent(), roundTrip, lost),
        ServerHealth::plus);
    reports.put(report.worker(), new Known(report, now));
  }

  /** Numbers of reports that never came. */
  public void missing(ReportNumbers.Gap gap) {
    servers.merge(gap.worker(), ServerHealth.missing(gap.count()), ServerHealth::plus);
  }

  /**
   * Time passed: the verdicts held until now.
   *
   * @param judgements of every worker watched
   * @return the minute that ended, if one did
   */
  public Optional<HealthBucket> tick(Map<NodeId, Judgement> judgements, Moment now) {
    Instant minute = Resolution.MINUTE.floor(now.wall());
    boolean ended =
        minute.isAfter(start) || Duration.between(minute, start).compareTo(BACK_MAX) > 0;
    Optional<HealthBucket> whole = ended ? Optional.of(open()) : Optional.empty();
    if (ended) {
      servers = new HashMap<>();
      links = new HashMap<>();
      coveredMillis = 0;
      start = minute;
      reports.values().removeIf(known -> now.since(known.at).compareTo(FORGET) > 0);
    }
    long millis = Math.min(now.since(last).toMillis(), Resolution.MINUTE.length().toMillis());
    Map<NodeId, Judged> next = new HashMap<>();
    judgements.forEach(
        (id, judgement) -> {
          Judged is = new Judged(judgement.verdict(), judgement.since());
          VerdictTimes times = times(judged.get(id), is, millis, now.wall());
          servers.merge(id, ServerHealth.judged(times), ServerHealth::plus);
          next.put(id, is);
        });
    judged = next;
    coveredMillis += millis;
    last = now;
    return whole;
  }

  /** The running minute so far. */
  public HealthBucket open() {
    return new HealthBucket(
        Resolution.MINUTE,
        start,
        Math.min(coveredMillis, Resolution.MINUTE.length().toMillis()),
        new TreeMap<>(servers),
        new TreeMap<>(links));
  }

  // The time is split where the verdict changed.
  private static VerdictTimes times(@Nullable Judged before, Judged is, long millis, Instant now) {
    if (before == null || before.verdict == is.verdict) {
      return VerdictTimes.of(is.verdict, millis);
    }
    long held = Math.max(0, Math.min(millis, Duration.between(is.since, now).toMillis()));
    return VerdictTimes.of(is.verdict, held).plus(VerdictTimes.of(before.verdict, millis - held));
  }

  private static LinkHealth link(
      Optional<NeighbourReport> before, NeighbourReport now, long millis) {
    boolean silent = now.connected() && now.trust() != NeighbourReport.Trust.TRUSTED;
    boolean oneWay = now.connected() && !silent && now.heard() > 0 && !now.hearsMe();
    return new LinkHealth(
        now.connected() && !now.roundTrip().isZero() ? Spread.of(now.roundTrip()) : Spread.NONE,
        1,
        grown(before.map(NeighbourReport::sent), now.sent()),
        grown(before.map(NeighbourReport::heard), now.heard()),
        grown(before.map(NeighbourReport::lost), now.lost()),
        now.connected() ? 0 : millis,
        oneWay ? millis : 0,
        silent ? millis : 0,
        millis);
  }

  // A counter that is smaller than before began anew.
  private static long grown(Optional<Long> before, long now) {
    if (before.isEmpty()) {
      return 0;
    }
    return now >= before.get() ? now - before.get() : Math.max(0, now);
  }

  // By the reporter's clock: reports kept back speak for when they were made.
  private static long millisBetween(Report earlier, Report later) {
    long millis = Duration.between(earlier.at(), later.at()).toMillis();
    return Math.max(0, Math.min(millis, SPEAKS_FOR_MAX.toMillis()));
  }
}
