package io.elottery.web.network;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.roster.Roster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last roster on disk, so that the gateway starts with main away. On one loop. */
final class RosterFile {
  private static final Logger log = LoggerFactory.getLogger(RosterFile.class);

  private final Path file;

  RosterFile(Path dir) {
    this.file = dir.resolve("roster.bin");
  }

  /** The last one kept; the empty one when there is none that can be read. */
  Roster load() {
    try {
      return Files.exists(file) ? Roster.parse(Files.readAllBytes(file)) : Roster.EMPTY;
    } catch (IOException | MalformedMessage unreadable) {
      log.warn("{} cannot be read, main will send another: {}", file, unreadable.getMessage());
      return Roster.EMPTY;
    }
  }

  /** Keeps it. A failure is logged: the roster in memory is good, and main sends it again. */
  void save(Roster roster) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, roster.toBytes());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      log.warn("{} cannot be written: {}", file, failed.toString());
    }
  }
}
