package io.elottery.deploy.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The program's classes as Java has read and checked them once, in a file that each server maps
 * (application class data sharing, JEP 310 and 350). A server starts a second sooner with it, and
 * what it does for the first time, such as noticing that a neighbour died, it does as fast as
 * later. Java passes over a file that does not go with its class path; without one everything works
 * too.
 */
final class ClassArchive {
  /** Where the file is, or is to be. */
  static final String PROPERTY = "elottery.classes";

  private ClassArchive() {}

  /** Where it is to be; empty when whoever started this program did not say. */
  static Optional<Path> file() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  /** Java's flags that use it; none when there is none. */
  static List<String> flags() {
    return file()
        .filter(archive -> archive.toFile().length() > 0)
        .map(ClassArchive::flags)
        .orElse(List.of());
  }

  /** Java's flags that use this one, silently when it cannot be used. */
  static List<String> flags(Path archive) {
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  /** Java's flags that write it when the program ends. */
  static List<String> writing(Path archive) {
    return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  /** Whether it is there and newer than the program; an empty one stands for one that failed. */
  static boolean isFresh(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (Files.exists(jar)
          && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0) {
        return false;
      }
    }
    return true;
  }
}
