package io.elottery.worker.disk;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last roster on this server's disk: replaced as a whole, so that a crash leaves one of two.
 */
public final class RosterFile {
  private static final Logger log = LoggerFactory.getLogger(RosterFile.class);

  private final Path file;

  /** At that place; its directory need not exist. */
  public RosterFile(Path file) {
    this.file = file;
  }

  /** What is there; {@link Roster#EMPTY} when nothing is or it cannot be read. */
  public Roster read() {
    if (!Files.exists(file)) {
      return Roster.EMPTY;
    }
    try {
      return RosterRecord.parse(Files.readAllBytes(file));
    } catch (IOException | MalformedMessage unreadable) {
      log.warn("{} is not used, main sends a fresh roster: {}", file, unreadable.getMessage());
      return Roster.EMPTY;
    }
  }

  /** Replaces it. */
  public void write(Roster roster) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(RosterRecord.of(roster));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
