package io.elottery.controller.health;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.reports.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This main's events: the newest {@value #KEPT} in memory and in {@code DIR/events.log}, one a
 * line; the file is written anew when it has grown to twice that. On main's loop; the disk is
 * another thread's.
 */
final class EventLog {
  /** Events kept. */
  static final int KEPT = 10_000;

  private static final Logger log = LoggerFactory.getLogger(EventLog.class);

  private final Path file;
  private final Executor disk;
  private final TreeMap<Long, Noted> events = new TreeMap<>();
  private final Set<String> sources = new HashSet<>();
  private final TreeMap<Long, Long> highest = new TreeMap<>(); // by fence
  private int lines;

  private EventLog(Path file, Executor disk) {
    this.file = file;
    this.disk = disk;
  }

  /** Reads what is there; a line that cannot be read is passed over. Waits for the disk. */
  static EventLog open(Path file, Executor disk) {
    EventLog opened = new EventLog(file, disk);
    opened.read();
    return opened;
  }

  /** Keeps it, unless it is there already or older than all that is kept; whether it did. */
  boolean add(Noted noted) {
    if (!take(noted)) {
      return false;
    }
    if (++lines > 2 * KEPT) {
      lines = events.size();
      byte[] all = Noted.bytes(List.copyOf(events.values()));
      disk.execute(() -> replace(all));
    } else {
      byte[] line = Noted.bytes(List.of(noted));
      disk.execute(() -> append(line));
    }
    return true;
  }

  /** Whether this was recorded before, under whatever number. */
  boolean knows(String source) {
    return sources.contains(source);
  }

  /** The highest number under this fence; 0 when there is none. */
  long highest(long fence) {
    return highest.getOrDefault(fence, 0L);
  }

  /** The highest number under each fence. */
  SortedMap<Long, Long> highest() {
    return new TreeMap<>(highest);
  }

  /** Those with a greater number, ascending. */
  Collection<Noted> after(long number) {
    return events.tailMap(number, false).values();
  }

  /** All, newest first. */
  Collection<Noted> newestFirst() {
    return events.descendingMap().values();
  }

  /** What another main lacks that has these: ascending, at most so many. */
  List<Noted> beyond(SortedMap<Long, Long> has, int most) {
    List<Noted> lacking = new ArrayList<>();
    for (Noted each : events.values()) {
      Event event = each.event();
      if (event.number() > has.getOrDefault(event.fence(), 0L)) {
        lacking.add(each);
        if (lacking.size() == most) {
          break;
        }
      }
    }
    return lacking;
  }

  private boolean take(Noted noted) {
    Event event = noted.event();
    highest.merge(event.fence(), event.number(), Math::max);
    boolean old = events.size() >= KEPT && event.number() < events.firstKey();
    if (old || events.putIfAbsent(event.number(), noted) != null) {
      return false;
    }
    sources.add(noted.source());
    while (events.size() > KEPT) {
      sources.remove(events.pollFirstEntry().getValue().source());
    }
    return true;
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      // Bytes, not characters: a torn last line must not keep the rest from being read.
      String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : all.split("\n")) {
        if (!line.isEmpty()) {
          lines++;
          readLine(line);
        }
      }
      if (!all.isEmpty() && !all.endsWith("\n")) {
        append(new byte[] {'\n'});
      }
    } catch (IOException problem) {
      log.error("{}: events of before are not read: {}", file, problem.toString());
    }
  }

  private void readLine(String line) {
    try {
      take(Noted.parse(line));
    } catch (MalformedMessage damaged) {
      log.warn("{}: a line is passed over: {}", file, damaged.getMessage());
    }
  }

  private void append(byte[] bytes) {
    try {
      if (Files.exists(file)) {
        Files.write(file, bytes, StandardOpenOption.APPEND);
      } else {
        replace(bytes);
      }
    } catch (IOException problem) {
      log.error("{}: an event is not on disk: {}", file, problem.toString());
    }
  }

  private void replace(byte[] all) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      OwnerOnlyFiles.write(file, all);
    } catch (IOException problem) {
      log.error("{}: not written anew: {}", file, problem.toString());
    }
  }
}
