package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.Pause;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays the demo for a few seconds, with a worker that dies and comes back, so that Java can keep
 * every class it needed in a {@link ClassArchive}.
 */
public final class Rehearsal {
  private static final String STANDS = "Ctrl-C ends everything";
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration SALES = Duration.ofSeconds(3);

  private final Path archive;
  private final Path scratch;

  private Rehearsal(Path archive, Path scratch) {
    this.archive = archive;
    this.scratch = scratch;
  }

  /**
   * Makes the archive when the program is newer than it; without effect where nobody named a file.
   * One that cannot be made is said and not tried again before the program changes: nothing depends
   * on it.
   *
   * @param progress told what is going on
   * @throws CommandFailed when it is interrupted
   */
  public static void ifNeeded(Consumer<String> progress) throws CommandFailed {
    Optional<Path> named = ClassArchive.file();
    if (named.isEmpty()) {
      return;
    }
    Path archive = named.get();
    try {
      if (ClassArchive.isFresh(archive)) {
        return;
      }
      progress.accept("rehearsing once, some 20 seconds: servers start faster from then on");
      Path scratch = Files.createTempDirectory("elottery-rehearsal-");
      try {
        new Rehearsal(archive, scratch).play();
      } finally {
        Scratch.delete(scratch, progress);
      }
    } catch (IOException failed) {
      progress.accept("the rehearsal failed, servers start as fast as before: " + failed);
      giveUp(archive, progress);
    }
  }

  private static void giveUp(Path archive, Consumer<String> progress) {
    try {
      Files.write(archive, new byte[0]);
    } catch (IOException unwritable) {
      progress.accept("nothing can be written to " + archive + ": " + unwritable);
    }
  }

  private void play() throws IOException, CommandFailed {
    Path fresh = scratch.resolve("classes.jsa");
    List<String> flags = new ArrayList<>(ClassArchive.writing(fresh));
    flags.addAll(List.of("-XX:+UseSerialGC", "-Xmx448m", "-Xss512k"));
    Process demo =
        start(
            flags,
            "demo",
            "--dir",
            scratch.resolve("network").toString(),
            "--port",
            "0",
            "--checked",
            "5");
    Runtime.getRuntime().addShutdownHook(new Thread(demo::destroyForcibly));
    String last = "";
    try (BufferedReader told = demo.inputReader(StandardCharsets.UTF_8)) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.contains(STANDS)) {
          direct(demo.outputWriter(StandardCharsets.UTF_8));
        }
        last = line.isBlank() ? last : line.strip();
      }
    }
    end(demo, last);
    // Asked to use it or to fail: another Java might refuse what this one wrote.
    List<String> strict = new ArrayList<>(ClassArchive.flags(fresh));
    strict.add("-Xshare:on");
    Process check = start(strict, "--version");
    check.getInputStream().transferTo(OutputStream.nullOutputStream());
    end(check, "the archive cannot be used");
    Files.createDirectories(archive.toAbsolutePath().getParent());
    Path beside = archive.resolveSibling(archive.getFileName() + ".new");
    Files.copy(fresh, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void direct(BufferedWriter stage) throws IOException, CommandFailed {
    for (String line : List.of("kill worker-2", "start worker-2", "quit")) {
      Pause.of(SALES);
      stage.write(line);
      stage.newLine();
      stage.flush();
    }
  }

  private static void end(Process process, String last) throws IOException {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it did not end in " + LONGEST.toSeconds() + " s; " + last);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    if (process.exitValue() != 0) {
      throw new IOException("it ended with " + process.exitValue() + ": " + last);
    }
  }

  private Process start(List<String> flags, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Launch.java());
    command.addAll(flags);
    command.add("-Dfile.encoding=UTF-8");
    String home = System.getProperty("elottery.home");
    if (home != null) {
      command.add("-Delottery.home=" + home);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launch.PROGRAM));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // What it remembers as the cluster started last is not the user's.
    builder.environment().put("XDG_STATE_HOME", scratch.resolve("state").toString());
    return builder.start();
  }
}
