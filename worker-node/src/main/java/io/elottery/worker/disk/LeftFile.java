package io.elottery.worker.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** That this worker left the network for good, on its disk: it does not start again from there. */
public final class LeftFile {
  private final Path file;

  /** In that directory. */
  public LeftFile(Path directory) {
    this.file = directory.resolve("left");
  }

  /** Why it left; empty when it did not. */
  public Optional<String> read() {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of("");
    }
  }

  /** Keeps it. */
  public void write(String why) throws IOException {
    Files.writeString(file, why);
  }
}
