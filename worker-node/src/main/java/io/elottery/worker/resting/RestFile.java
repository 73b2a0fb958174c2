package io.elottery.worker.resting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That this worker rests, on its disk: the file is there with the reason, or it is not. */
public final class RestFile {
  private static final Logger log = LoggerFactory.getLogger(RestFile.class);

  private final Path file;

  /** At that place. */
  public RestFile(Path file) {
    this.file = file;
  }

  /** Why it rests; empty when it does not. One that cannot be read counts as resting. */
  Optional<String> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException unreadable) {
      log.warn("{} cannot be read, resting: {}", file, unreadable.getMessage());
      return Optional.of("");
    }
  }

  /** Keeps it over restarts. */
  void write(String reason) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(reason.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** It serves again. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
