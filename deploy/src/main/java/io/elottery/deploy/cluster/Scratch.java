package io.elottery.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Directories that a command made for itself. */
public final class Scratch {
  private Scratch() {}

  /**
   * Removes one with all that is in it.
   *
   * @param trouble told when something of it is left
   */
  public static void delete(Path directory, Consumer<String> trouble) {
    boolean whole = true;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        whole &= file.toFile().delete();
      }
    } catch (IOException | UncheckedIOException left) {
      whole = false;
    }
    if (!whole) {
      trouble.accept(directory + " could not be removed");
    }
  }
}
