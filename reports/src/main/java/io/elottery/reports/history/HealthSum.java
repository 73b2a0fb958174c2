package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a {@link HealthReport} of buckets, fed in the order of time. Not thread-safe. */
public final class HealthSum {
  private static final class Line {
    final List<VerdictTimes> columns = new ArrayList<>();
    final List<Spread> trips = new ArrayList<>();
    int outages;
    boolean down;
  }

  private final HealthReport.Frame frame;
  private final BucketSum sum = new BucketSum();
  private final Map<NodeId, Line> lines = new TreeMap<>();

  /** Of nothing yet. */
  public HealthSum(HealthReport.Frame frame) {
    this.frame = frame;
  }

  /** Adds the next; one of another resolution or outside the frame is passed over. */
  public void add(HealthBucket bucket) {
    boolean overlaps =
        bucket.start().plus(bucket.resolution().length()).isAfter(frame.from())
            && bucket.start().isBefore(frame.to());
    if (bucket.resolution() != frame.resolution() || !overlaps) {
      return;
    }
    sum.add(bucket);
    long offset = bucket.start().getEpochSecond() - frame.from().getEpochSecond();
    int column = (int) Math.max(0, offset / frame.column().toSeconds());
    bucket
        .servers()
        .forEach(
            (id, health) -> {
              Line line = lines.computeIfAbsent(id, none -> new Line());
              while (line.columns.size() <= column) {
                line.columns.add(VerdictTimes.NONE);
                line.trips.add(Spread.NONE);
              }
              line.columns.set(column, line.columns.get(column).plus(health.verdicts()));
              line.trips.set(column, line.trips.get(column).plus(health.roundTrip()));
              boolean down = health.verdicts().millis(Verdict.DOWN) > 0;
              line.outages += down && !line.down ? 1 : 0;
              line.down = down;
            });
  }

  /** What was added, told. */
  public HealthReport report() {
    List<ServerFigures> servers = new ArrayList<>();
    List<LinkFigures> links = new ArrayList<>();
    HealthBucket all = sum.bucket(Resolution.HOUR, Instant.EPOCH);
    all.servers()
        .forEach(
            (id, health) -> {
              Line line = lines.getOrDefault(id, new Line());
              servers.add(ServerFigures.of(id, health, timeline(line), trips(line), line.outages));
            });
    all.links().forEach((name, health) -> links.add(LinkFigures.of(name, health)));
    return new HealthReport(
        frame.from(),
        frame.to(),
        frame.resolution(),
        frame.made(),
        frame.by(),
        frame.column(),
        Worst.servers(servers, HealthReport.SERVERS_MAX),
        Worst.links(links, HealthReport.LINKS_MAX),
        Math.max(0, servers.size() - HealthReport.SERVERS_MAX));
  }

  private String timeline(Line line) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < frame.columns(); i++) {
      VerdictTimes times = i < line.columns.size() ? line.columns.get(i) : VerdictTimes.NONE;
      letters.append(times.totalMillis() == 0 ? Letters.NONE : Letters.of(times.worst()));
    }
    return letters.toString();
  }

  private List<Long> trips(Line line) {
    List<Long> means = new ArrayList<>();
    for (int i = 0; i < frame.columns(); i++) {
      means.add(i < line.trips.size() ? line.trips.get(i).meanMicros() : 0);
    }
    return means;
  }
}
