package io.elottery.controller.history;

import io.elottery.reports.history.BucketSum;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.Resolution;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is done with the files in one go: minutes are added, longer buckets made of shorter ones,
 * another main's account joined with this one's. On the disk's executor.
 */
final class HistoryDisk {
  private static final int LOOK_BACK_HOURS = 2;

  private final HistoryFiles files;

  HistoryDisk(HistoryFiles files) {
    this.files = files;
  }

  /** Adds minutes that ended, makes the longer buckets that ended with them, forgets the old. */
  void record(List<HealthBucket> minutes, Instant now) throws IOException {
    files.append(minutes);
    rollUp(now.minusSeconds(LOOK_BACK_HOURS * 3600L), now);
    files.forget(now);
  }

  /** Joins another main's account with this one's. */
  void complete(List<HealthBucket> others) throws IOException {
    List<HealthBucket> fuller = new ArrayList<>();
    for (HealthBucket other : others) {
      BucketSum own = new BucketSum();
      read(other.resolution(), other.start(), other.start().plusSeconds(1), own::add);
      if (own.isEmpty()) {
        fuller.add(other);
        continue;
      }
      HealthBucket mine = own.bucket(other.resolution(), other.start());
      HealthBucket both = mine.completedBy(other);
      if (!both.equals(mine)) {
        fuller.add(both);
      }
    }
    files.append(fuller);
  }

  /** Makes of shorter buckets what longer ones are missing, or say less, between the two. */
  void rollUp(Instant from, Instant now) throws IOException {
    rollUp(Resolution.MINUTE, Resolution.TEN_MINUTES, from, now);
    rollUp(Resolution.TEN_MINUTES, Resolution.HOUR, from, now);
  }

  /** All that can be made of what is kept. */
  void rollUpAll(Instant now) throws IOException {
    rollUp(Resolution.MINUTE, Resolution.TEN_MINUTES, now.minus(Resolution.MINUTE.kept()), now);
    rollUp(Resolution.TEN_MINUTES, Resolution.HOUR, now.minus(Resolution.TEN_MINUTES.kept()), now);
  }

  /** The buckets that begin in this time, in order, one at a time. */
  void read(Resolution resolution, Instant from, Instant to, Consumer<HealthBucket> each)
      throws IOException {
    for (Instant segment : segments(resolution, from, to)) {
      files.read(resolution, segment, from, to, each);
    }
  }

  /** Which begin in this time. */
  SortedMap<Instant, HealthBucket.Label> labels(Resolution resolution, Instant from, Instant to)
      throws IOException {
    SortedMap<Instant, HealthBucket.Label> all = new TreeMap<>();
    for (Instant segment : segments(resolution, from, to)) {
      all.putAll(files.labels(resolution, segment));
    }
    return all.subMap(from, to);
  }

  /** A page of what another main asks for. */
  HistoryPage page(HistoryAsk ask, Instant now) throws IOException {
    Instant kept = now.minus(ask.resolution().kept());
    Instant from = ask.from().isBefore(kept) ? kept : ask.from();
    Instant to = ask.to().isAfter(now) ? now : ask.to();
    List<HealthBucket> buckets = new ArrayList<>();
    Instant next = ask.to();
    long bytes = 0;
    if (from.isBefore(to)) {
      for (Instant start : labels(ask.resolution(), from, to).keySet()) {
        if (bytes >= HistoryPage.BYTES_MAX || buckets.size() >= HistoryPage.BUCKETS_MAX) {
          next = start;
          break;
        }
        int before = buckets.size();
        read(ask.resolution(), start, start.plusSeconds(1), buckets::add);
        for (HealthBucket added : buckets.subList(before, buckets.size())) {
          bytes += added.toBytes().length;
        }
      }
    }
    return new HistoryPage(buckets, next);
  }

  /** Stretches found that are no bucket. */
  long damaged() {
    return files.damaged();
  }

  /** The segments that hold this time. */
  static List<Instant> segments(Resolution resolution, Instant from, Instant to) {
    List<Instant> segments = new ArrayList<>();
    if (!from.isBefore(to)) {
      return segments;
    }
    Instant next = HistoryFiles.segmentOf(resolution, from);
    while (next.isBefore(to)) {
      segments.add(next);
      next = next.plus(HistoryFiles.lengthOf(resolution));
    }
    return segments;
  }

  private void rollUp(Resolution finer, Resolution longer, Instant from, Instant now)
      throws IOException {
    Instant start = longer.floor(from);
    Instant end = longer.floor(now);
    SortedMap<Instant, HealthBucket.Label> parts = labels(finer, start, end);
    SortedMap<Instant, HealthBucket.Label> there = labels(longer, start, end);
    SortedMap<Instant, Long> covered = new TreeMap<>();
    parts
        .values()
        .forEach(
            part -> covered.merge(longer.floor(part.start()), part.coveredMillis(), Long::sum));
    for (Instant each : covered.keySet()) {
      long known = there.containsKey(each) ? there.get(each).coveredMillis() : -1;
      if (covered.get(each) > known && known < longer.length().toMillis()) {
        BucketSum sum = new BucketSum();
        read(finer, each, each.plus(longer.length()), sum::add);
        if (!sum.isEmpty()) {
          files.append(List.of(sum.bucket(longer, each)));
        }
      }
    }
  }
}
