package io.elottery.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The ledger's files of workers that do not run. */
final class StoreFiles {
  private final Path cluster;
  private final Path backups;

  /**
   * @param cluster the directory of the whole
   * @param backups where to keep copies; made when it is not there
   */
  StoreFiles(Path cluster, Path backups) {
    this.cluster = cluster;
    this.backups = backups;
  }

  /** Copies them away; a copy made before is gone. */
  void keep(List<String> workers) throws IOException {
    Files.createDirectories(backups);
    for (String worker : workers) {
      Path backup = backups.resolve(worker);
      if (Files.exists(backup)) {
        delete(backup);
      }
      copy(store(worker), backup);
    }
  }

  /** Empties the worker's ledger. */
  void empty(String worker) throws IOException {
    delete(store(worker));
  }

  /** As it was when it was kept. */
  void putBack(List<String> workers) throws IOException {
    for (String worker : workers) {
      delete(store(worker));
      copy(backups.resolve(worker), store(worker));
    }
  }

  private Path store(String worker) {
    return cluster.resolve(worker).resolve("ledger");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
