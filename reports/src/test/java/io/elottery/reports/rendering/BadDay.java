package io.elottery.reports.rendering;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.HealthReport;
import io.elottery.reports.history.HealthSum;
import io.elottery.reports.history.LinkHealth;
import io.elottery.reports.history.LinkName;
import io.elottery.reports.history.Mean;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.history.ServerHealth;
import io.elottery.reports.history.Spread;
import io.elottery.reports.history.VerdictTimes;
import io.elottery.reports.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A day of some servers: one dies for a while, one is slow, one link is cut, one loses a lot. */
final class BadDay {
  static final Instant FROM = Instant.parse("2026-11-20T11:00:00Z");
  static final Instant TO = Instant.parse("2026-11-21T11:00:00Z");
  private static final int MINUTES = 24 * 60;

  private BadDay() {}

  static HealthReport of(int servers) {
    HealthSum sum =
        new HealthSum(new HealthReport.Frame(FROM, TO, Resolution.MINUTE, TO, NodeId.of("main-1")));
    Random random = new Random(1);
    for (int minute = 0; minute < MINUTES; minute++) {
      sum.add(bucket(servers, minute, random));
    }
    return sum.report();
  }

  static HealthReport empty() {
    return new HealthSum(
            new HealthReport.Frame(FROM, TO, Resolution.MINUTE, TO, NodeId.of("main-1")))
        .report();
  }

  private static HealthBucket bucket(int servers, int minute, Random random) {
    SortedMap<NodeId, ServerHealth> all = new TreeMap<>();
    SortedMap<LinkName, LinkHealth> links = new TreeMap<>();
    for (int i = 1; i <= servers; i++) {
      Verdict verdict = verdict(i, minute);
      Spread trips = Spread.of(Duration.ofNanos(300_000 + random.nextInt(900_000)));
      boolean silent = verdict == Verdict.DOWN;
      all.put(
          name(i),
          new ServerHealth(
              VerdictTimes.of(verdict, 60_000),
              silent ? 0 : 12,
              i == 4 && minute % 100 == 0 ? 1 : 0,
              i == 3 && minute == 521 ? 7 : 0,
              random.nextInt(40) == 0 ? 1 : 0,
              silent ? Spread.NONE : trips,
              silent ? Spread.NONE : Spread.of(Duration.ofMillis(2 + random.nextInt(9))),
              Mean.of(120 + random.nextInt(300)),
              Mean.of(300 + random.nextInt(400)),
              (40L << 30) - minute * 1_000_000L,
              random.nextInt(20)));
      for (int step = 1; step <= 2 && !silent; step++) {
        int other = (i - 1 + step) % servers + 1;
        links.put(new LinkName(name(i), name(other)), link(i, other, minute, trips));
        links.put(new LinkName(name(other), name(i)), link(other, i, minute, trips));
      }
    }
    return new HealthBucket(
        Resolution.MINUTE, FROM.plus(Duration.ofMinutes(minute)), 60_000, all, links);
  }

  private static Verdict verdict(int server, int minute) {
    if (server == 3 && (minute >= 500 && minute < 520 || minute == 900)) {
      return Verdict.DOWN;
    }
    if (server == 5 && minute >= 1_000 && minute < 1_120) {
      return Verdict.SLOW;
    }
    if (server == 6 && minute >= 200 && minute < 320) {
      return Verdict.CONSERVED;
    }
    return server == 2 && minute >= 700 && minute < 730 ? Verdict.DEAF : Verdict.UP;
  }

  private static LinkHealth link(int from, int to, int minute, Spread trips) {
    boolean cut = from + to == 3 && minute >= 100 && minute < 300;
    boolean oneWay = from == 4 && to == 5 && minute >= 800 && minute < 803;
    long lost = from == 6 && to == 5 ? 6 : 0;
    return new LinkHealth(
        trips, 12, 120, 120 - lost, lost, cut ? 60_000 : 0, oneWay ? 60_000 : 0, 0, 60_000);
  }

  private static NodeId name(int number) {
    return NodeId.of("worker-" + number);
  }
}
