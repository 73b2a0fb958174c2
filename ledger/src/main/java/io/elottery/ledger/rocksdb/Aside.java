package io.elottery.ledger.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Damaged stores, renamed to {@code ledger.damaged-1}, {@code -2} … and kept to be looked at: the
 * newest {@value #KEPT}.
 */
final class Aside {
  static final int KEPT = 2;

  private static final String DAMAGED = ".damaged-";

  private Aside() {}

  /** Renames the directory and removes what is too old; the directory may then be made anew. */
  static Path put(Path directory) throws IOException {
    List<Path> before = all(directory);
    long last = before.isEmpty() ? 0 : number(before.get(before.size() - 1));
    Path aside = directory.resolveSibling(directory.getFileName() + DAMAGED + (last + 1));
    Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
    for (int i = 0; i <= before.size() - KEPT; i++) {
      remove(before.get(i));
    }
    return aside;
  }

  /** Oldest first. */
  static List<Path> all(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String prefix = directory.getFileName() + DAMAGED;
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
          .filter(file -> number(file) > 0)
          .sorted(Comparator.comparingLong(Aside::number))
          .toList();
    }
  }

  private static long number(Path aside) {
    String name = String.valueOf(aside.getFileName());
    String digits = name.substring(name.lastIndexOf('-') + 1);
    return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
