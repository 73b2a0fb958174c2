package io.elottery.deploy.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code DIR/checker.json}: how the checker of a cluster stood last, for {@code status}. */
public final class CheckerFile {
  private static final Logger log = LoggerFactory.getLogger(CheckerFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckerFile() {}

  /** The journal of a cluster's checker. */
  public static Path journal(Path directory) {
    return directory.resolve("checker.journal");
  }

  /** Writes it in one step; one that cannot be written is missing in {@code status} only. */
  public static void write(Path directory, ObjectNode tree) {
    Path fresh = directory.resolve("checker.json.new");
    try {
      Files.write(
          fresh, JSON.writeValueAsBytes(tree.deepCopy().put("at", Instant.now().toString())));
      Files.move(
          fresh,
          directory.resolve("checker.json"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      log.warn("{} cannot be written: {}", fresh, failed.toString());
    }
  }

  /** Reads it; empty when no checker ever ran. */
  public static Optional<JsonNode> read(Path directory) {
    Path file = directory.resolve("checker.json");
    try {
      return Files.exists(file) ? Optional.of(JSON.readTree(file.toFile())) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
