package io.elottery.deploy.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process behind a server's pid file. The file also holds when the process began, so that a
 * number the system has given to somebody else is never signalled.
 */
final class ServerProcess {
  /** What the system says about it. */
  enum State {
    /** It runs. */
    RUNNING,
    /** It is stopped by SIGSTOP. */
    PAUSED,
    /** There is no such process. */
    DOWN
  }

  private static final long LOOK_MILLIS = 5;

  private final ProcessHandle handle;

  private ServerProcess(ProcessHandle handle) {
    this.handle = handle;
  }

  /** The live process of that server, if there is one. */
  static Optional<ServerProcess> of(Server server) {
    try {
      String[] words = Files.readString(file(server), StandardCharsets.UTF_8).strip().split(" ");
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(handle -> words.length > 1 && began(handle).equals(words[1]))
          .map(ServerProcess::new)
          .filter(process -> process.state() != State.DOWN);
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** Writes down that this process is the server's. */
  static void remember(Server server, ProcessHandle handle) throws IOException {
    Files.writeString(file(server), handle.pid() + " " + began(handle) + "\n");
  }

  /** Forgets the server's process. */
  static void forget(Server server) throws IOException {
    Files.deleteIfExists(file(server));
  }

  long pid() {
    return handle.pid();
  }

  State state() {
    try {
      // The state follows the command's name, which is in brackets and may hold anything.
      String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      // A process that ended and that nobody asked for its status yet is a zombie.
      return state == 'Z' || state == 'X'
          ? State.DOWN
          : state == 'T' ? State.PAUSED : State.RUNNING;
    } catch (IOException goneOrNotLinux) {
      return handle.isAlive() ? State.RUNNING : State.DOWN;
    }
  }

  /** SIGTERM. */
  void terminate() {
    handle.destroy();
  }

  /** SIGKILL. */
  void kill() {
    handle.destroyForcibly();
  }

  /** Sends any other signal: {@code STOP}, {@code CONT}. */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, List.of(this));
  }

  /** Sends it to all of them at nearly the same time. */
  static void signal(String name, List<ServerProcess> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** Waits for its end; false when it did not end in time. */
  boolean awaitEnd(Duration within) throws InterruptedException {
    long began = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    while (state() != State.DOWN) {
      if (System.nanoTime() - began > within.toNanos()) {
        return false;
      }
      // Nothing tells the end of a process that is not our child: it is looked for.
      never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private static Path file(Server server) {
    return server.processDirectory().resolve("pid");
  }

  private static String began(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
