package io.elottery.deploy.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers which cluster this user started last, for commands that do not name one. */
public final class LastCluster {
  private LastCluster() {}

  /** Where this user's clusters are kept when nobody says where. */
  public static Path home() {
    String state = System.getenv("XDG_STATE_HOME");
    return state == null || state.isBlank()
        ? Path.of(System.getProperty("user.home"), ".elottery")
        : Path.of(state, "elottery");
  }

  /** Remembers it; without effect where nothing can be written. */
  public static void remember(Path directory) {
    try {
      Files.createDirectories(home());
      Files.writeString(file(), directory.toAbsolutePath().normalize() + "\n");
    } catch (IOException unimportant) {
      // The cluster runs all the same and can be named by --dir.
      System.err.println("elottery: cannot remember this cluster in " + file() + ": use --dir");
    }
  }

  /** The one started last. */
  public static Optional<Path> find() {
    try {
      return Optional.of(Path.of(Files.readString(file()).strip()));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static Path file() {
    return home().resolve("last");
  }
}
