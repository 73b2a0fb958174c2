package io.elottery.controller.history;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.Resolution;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This main's buckets on its disk: {@code DIR/history/1m-2026112111.buckets}, a {@link Segment} for
 * each hour of minutes and each day of longer ones. Segments older than their resolution is kept
 * are deleted; so is the oldest of the finest when all together are larger than allowed. Damage is
 * logged and counted, the rest is read. Not on the loop: it waits for the disk. Not thread-safe:
 * one executor.
 */
final class HistoryFiles {
  private static final Logger log = LoggerFactory.getLogger(HistoryFiles.class);
  private static final String END = ".buckets";
  private static final int CACHED = 8;

  private final Path dir;
  private final long bytesMax;
  private long damaged;

  private final Map<Path, Segment.Contents> known =
      new LinkedHashMap<>(CACHED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Segment.Contents> eldest) {
          return size() > CACHED;
        }
      };

  /**
   * @param bytesMax of all files together
   */
  HistoryFiles(Path dir, long bytesMax) {
    this.dir = dir;
    this.bytesMax = bytesMax;
  }

  /** Where the segment begins that a bucket of this start lies in. */
  static Instant segmentOf(Resolution resolution, Instant start) {
    long step = lengthOf(resolution).toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), step) * step);
  }

  /** How long a segment is. */
  static Duration lengthOf(Resolution resolution) {
    return resolution == Resolution.MINUTE ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  /** Adds buckets; one with the same start as an earlier one replaces it. */
  void append(Collection<HealthBucket> buckets) throws IOException {
    Map<Path, List<HealthBucket>> byFile = new TreeMap<>();
    for (HealthBucket bucket : buckets) {
      byFile
          .computeIfAbsent(fileOf(bucket.resolution(), bucket.start()), none -> new ArrayList<>())
          .add(bucket);
    }
    Files.createDirectories(dir);
    for (Map.Entry<Path, List<HealthBucket>> each : byFile.entrySet()) {
      Path file = each.getKey();
      long end = contents(file).end();
      known.remove(file);
      new Segment(file).append(end, each.getValue());
    }
  }

  /** What is there of the segment that this moment is in, by the buckets' starts. */
  SortedMap<Instant, HealthBucket.Label> labels(Resolution resolution, Instant segment)
      throws IOException {
    SortedMap<Instant, HealthBucket.Label> labels = new TreeMap<>();
    contents(fileOf(resolution, segment))
        .places()
        .forEach((start, place) -> labels.put(start, place.label()));
    return labels;
  }

  /** Hands over the buckets of one segment that begin in this time, in order, one at a time. */
  void read(
      Resolution resolution, Instant segment, Instant from, Instant to, Consumer<HealthBucket> each)
      throws IOException {
    Path file = fileOf(resolution, segment);
    Collection<Segment.Place> places = contents(file).places().subMap(from, to).values();
    new Segment(file)
        .read(
            places,
            bytes -> {
              try {
                each.accept(HealthBucket.parse(bytes));
              } catch (MalformedMessage ours) {
                damaged++;
                log.error("{}: a bucket with the right checksum: {}", file, ours.getMessage());
              }
            });
  }

  /** Deletes what is too old, then what is too much. */
  void forget(Instant now) throws IOException {
    SortedMap<String, Path> all = files();
    for (Path file : List.copyOf(all.values())) {
      for (Resolution resolution : Resolution.values()) {
        Instant oldest = now.minus(resolution.kept()).minus(lengthOf(resolution));
        String first = name(resolution, oldest);
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(resolution.text() + "-") && name.compareTo(first) < 0) {
          delete(file, "it is too old");
          all.remove(key(file));
        }
      }
    }
    long bytes = 0;
    for (Path file : all.values()) {
      bytes += Files.size(file);
    }
    for (Path file : List.copyOf(all.values())) {
      if (bytes <= bytesMax || all.size() <= 1) {
        return;
      }
      bytes -= Files.size(file);
      delete(file, "all history together may have " + bytesMax + " bytes");
      all.remove(key(file));
    }
  }

  /** Stretches found that are no bucket, since this main began. */
  long damaged() {
    return damaged;
  }

  private void delete(Path file, String why) throws IOException {
    log.info("{} deleted: {}", file, why);
    known.remove(file);
    Files.deleteIfExists(file);
  }

  private Segment.Contents contents(Path file) throws IOException {
    Segment.Contents there = known.get(file);
    if (there == null) {
      there = new Segment(file).scan();
      known.put(file, there);
      if (there.damaged() > 0) {
        damaged += there.damaged();
        log.error("{}: {} stretches are damaged; the rest is read", file, there.damaged());
      }
    }
    return there;
  }

  // Finest and oldest first.
  private SortedMap<String, Path> files() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, "*" + END)) {
      all.forEach(file -> files.put(key(file), file));
    } catch (NoSuchFileException none) {
      return files;
    }
    return files;
  }

  private static String key(Path file) {
    String name = String.valueOf(file.getFileName());
    for (Resolution resolution : Resolution.values()) {
      if (name.startsWith(resolution.text() + "-")) {
        return resolution.ordinal() + name;
      }
    }
    return "9" + name;
  }

  private Path fileOf(Resolution resolution, Instant start) {
    return dir.resolve(name(resolution, start));
  }

  private static String name(Resolution resolution, Instant start) {
    // 2026-11-21T11:00:00Z as 2026112111.
    String text = segmentOf(resolution, start).toString().substring(0, 13);
    return resolution.text() + "-" + text.replaceAll("[-T]", "") + END;
  }
}
