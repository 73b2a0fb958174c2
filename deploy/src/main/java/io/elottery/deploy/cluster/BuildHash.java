package io.elottery.deploy.cluster;

import io.elottery.foundation.hash.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What stands in every draw's record for the program that made it: SHA-256 of the sorted lines
 * {@code sha256␠␠file name} of the shipped jars, as {@code sha256sum *.jar | LC_ALL=C sort |
 * sha256sum} computes it ({@code docs/draws.md}).
 */
public final class BuildHash {
  private BuildHash() {}

  /** Of the jars this process runs from, in hex. */
  public static String ofClassPath() {
    List<Path> jars =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .filter(Files::isRegularFile)
            .toList();
    return of(jars);
  }

  /** Of these jars, in hex. */
  static String of(List<Path> jars) {
    TreeSet<String> lines = new TreeSet<>();
    try {
      for (Path jar : jars) {
        lines.add(Sha256.hex(Files.readAllBytes(jar)) + "  " + jar.getFileName() + "\n");
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return Sha256.hex(String.join("", lines).getBytes(StandardCharsets.UTF_8));
  }
}
