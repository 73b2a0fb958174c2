package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first {@code up} rehearses; its servers, and those of every later one, use what it kept. */
@Tag("e2e")
@Tag("chaos")
final class RehearsalE2E {
  @Test
  void serversRunOnTheArchiveThatTheFirstUpMade(@TempDir Path directory) throws Exception {
    Path archive = directory.resolve("classes.jsa");
    Path cluster = directory.resolve("cluster");
    try {
      String first =
          elottery(archive, "up", "--dir", cluster.toString(), "--workers", "3", "--port", "0");
      assertThat(first).contains("rehearsing once").doesNotContain("failed");
      assertThat(Files.size(archive)).isGreaterThan(1_000_000);
      assertThat(servers(archive)).isGreaterThanOrEqualTo(3);

      elottery(archive, "down", "--dir", cluster.toString());
      String second = elottery(archive, "up", "--dir", cluster.toString());
      assertThat(second).doesNotContain("rehearsing");
      assertThat(servers(archive)).isGreaterThanOrEqualTo(3);
    } finally {
      elottery(archive, "down", "--dir", cluster.toString());
    }
  }

  // Those that have the archive mapped, not only named.
  private static long servers(Path archive) {
    return ProcessHandle.allProcesses().filter(process -> maps(process, archive)).count();
  }

  private static boolean maps(ProcessHandle process, Path archive) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"))
          .contains(archive.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  private static String elottery(Path archive, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Delottery.classes=" + archive);
    command.add("-Delottery.home=" + System.getProperty("elottery.home", "."));
    command.addAll(List.of("-cp", jars(), "io.elottery.deploy.Elottery"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }

  // As the elottery command has them: Java archives no classes of directories.
  private static String jars() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      Stream<String> own =
          built
              .map(path -> path.toAbsolutePath().toString())
              .filter(name -> name.matches(".*elottery-deploy-[0-9.]+\\.jar"));
      Stream<String> others =
          Arrays.stream(System.getProperty("java.class.path").split(":"))
              .filter(entry -> entry.endsWith(".jar"));
      return Stream.concat(own, others).distinct().collect(Collectors.joining(":"));
    }
  }
}
