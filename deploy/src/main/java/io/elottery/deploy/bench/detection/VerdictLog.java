package io.elottery.deploy.bench.detection;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The verdicts as the mains log them, each with the time at which it was found; all on one machine,
 * so on one clock, to the millisecond.
 */
final class VerdictLog {
  /** One verdict that changed. */
  record Change(Instant at, String main, String worker, String from, String to, String because) {
    boolean isDown() {
      return to.equals("DOWN");
    }
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+Z) .*Supervisor: (\\S+): ([A-Z]+) → ([A-Z]+), because (.*)", Pattern.DOTALL);
  private static final long LOOK_NANOS = 10_000_000;

  private final Map<Path, Tail> tails = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** Of these mains, from the beginning. */
  VerdictLog(Map<String, Path> logs) {
    logs.forEach((main, log) -> tails.put(log, new Tail(main)));
  }

  /** All verdicts until now, as found. */
  List<Change> all() throws IOException {
    for (Map.Entry<Path, Tail> each : tails.entrySet()) {
      each.getValue().read(each.getKey(), changes);
    }
    return changes;
  }

  /** The first one after a time, waited for; empty when none comes. */
  Optional<Change> await(Instant after, Predicate<Change> wanted, Duration patience)
      throws IOException {
    long began = System.nanoTime();
    while (true) {
      Optional<Change> found =
          all().stream()
              .filter(change -> !change.at.isBefore(after) && wanted.test(change))
              .min(java.util.Comparator.comparing(Change::at));
      if (found.isPresent() || System.nanoTime() - began > patience.toNanos()) {
        return found;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static final class Tail {
    private final String main;
    private long at;

    Tail(String main) {
      this.main = main;
    }

    // Whole lines only: what is half written is read next time, letters of several bytes too.
    void read(Path log, List<Change> into) throws IOException {
      if (!Files.exists(log)) {
        return;
      }
      String lines;
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
        byte[] fresh = new byte[(int) Math.max(0, file.length() - at)];
        file.seek(at);
        file.readFully(fresh);
        int whole = fresh.length;
        while (whole > 0 && fresh[whole - 1] != '\n') {
          whole--;
        }
        at += whole;
        lines = new String(fresh, 0, whole, StandardCharsets.UTF_8);
      }
      lines
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(this::change)
          .forEach(into::add);
    }

    private Change change(Matcher line) {
      return new Change(
          Instant.parse(line.group(1)),
          main,
          line.group(2),
          line.group(3),
          line.group(4),
          line.group(5));
    }
  }
}
