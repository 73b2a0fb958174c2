package io.elottery.worker.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of a process's run: greater at every start, also when the wall clock was set back in
 * between. Others take what comes under a smaller one for old news.
 */
public final class Incarnation {
  private static final Logger log = LoggerFactory.getLogger(Incarnation.class);

  private Incarnation() {}

  /** The next one, remembered in the file. Waits for the disk: before any loop turns. */
  public static long next(Path file, Instant now) {
    long next = after(last(file), now);
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, next + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException notKept) {
      log.warn("incarnation {} not kept in {}: {}", next, file, notKept.toString());
    }
    return next;
  }

  /** The wall clock's milliseconds, or one more than the last one if that is greater. */
  public static long after(long last, Instant now) {
    return Math.max(now.toEpochMilli(), last + 1);
  }

  private static long last(Path file) {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).trim()) : 0;
    } catch (IOException | NumberFormatException unreadable) {
      log.warn("{} cannot be read, the clock decides: {}", file, unreadable.toString());
      return 0;
    }
  }
}
