package io.elottery.ledger.head;

import io.elottery.foundation.wire.MalformedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A head on the disk of somebody outside the ledger: replaced as a whole. Its signatures tell
 * whether it is what was written, so whoever reads it checks them as for one that was sent.
 */
public final class HeadFile {
  private static final Logger log = LoggerFactory.getLogger(HeadFile.class);

  private final Path file;

  /** At that place; its directory need not exist. */
  public HeadFile(Path file) {
    this.file = file;
  }

  /** What is there; empty when nothing is or it cannot be read, which is logged. */
  public Optional<CountersignedHead> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(CountersignedHead.decode(Files.readAllBytes(file)));
    } catch (IOException | MalformedMessage unreadable) {
      damaged(String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  /** Says that what was read is not what was written. */
  public void damaged(String why) {
    log.warn("{} is damaged, it is begun anew: {}", file, why);
  }

  /** Replaces it; a failure is logged. */
  public void write(CountersignedHead head) {
    Path fresher = file.resolveSibling(file.getFileName() + ".new");
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(fresher, head.encode());
      Files.move(
          fresher, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      log.warn("{} cannot be written: {}", file, failed.toString());
    }
  }
}
