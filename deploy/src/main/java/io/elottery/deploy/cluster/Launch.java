package io.elottery.deploy.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a server as a process of its own that outlives the command and its terminal. It runs the
 * same program, on the same class path and Java, as the command itself.
 */
final class Launch {
  /** The class that is run. */
  static final String PROGRAM = "io.elottery.deploy.Elottery";

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final String MORE = "elottery.java.opts";
  private static final String WORKERS = "elottery.worker.opts"; // for workers besides

  private Launch() {}

  /**
   * Starts one process; its output is added to its log.
   *
   * @param servers all that it runs: one, or several workers
   */
  static ProcessHandle start(List<Server> servers) throws IOException {
    Server server = servers.get(0);
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A session of its own: Ctrl-C and the end of the terminal do not reach it.
      command.add(SETSID.toString());
    }
    command.add(java());
    command.addAll(flags(server.kind(), servers.size()));
    command.addAll(ClassArchive.flags());
    // After ours, so that they win.
    command.addAll(more());
    if (server.kind() == Server.Kind.WORKER) {
      command.addAll(flags(System.getProperty(WORKERS, "")));
    }
    String home = System.getProperty("elottery.home");
    if (home != null) {
      command.add("-Delottery.home=" + home);
    }
    command.add("-Delottery.node=" + server.process());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PROGRAM);
    command.add(server.kind().command());
    for (Server each : servers) {
      command.addAll(List.of("--config", each.config().toString()));
    }
    Process process =
        new ProcessBuilder(command)
            .directory(server.processDirectory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()))
            .start();
    ServerProcess.remember(server, process.toHandle());
    return process.toHandle();
  }

  /** The Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  // What whoever starts the servers wants of their Java besides; servers they start in turn, too.
  private static List<String> more() {
    String more = System.getProperty(MORE, "").strip();
    if (more.isEmpty()) {
      return List.of();
    }
    List<String> flags = new ArrayList<>(List.of("-D" + MORE + "=" + more));
    flags.addAll(flags(more));
    return flags;
  }

  private static List<String> flags(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  // Transparent huge pages: the heap of a killed server is given back, and its sockets are closed,
  // within 10 ms instead of 100.
  private static List<String> flags(Server.Kind kind, int servers) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-XX:+UseTransparentHugePages",
                "-XX:+ExitOnOutOfMemoryError",
                // Or classes alone would bring about a full collection or two while it starts.
                "-XX:MetaspaceSize=128m",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8"));
    switch (kind) {
      case WORKER ->
          flags.addAll(
              List.of(
                  "-XX:+UseG1GC",
                  "-XX:+ExplicitGCInvokesConcurrent", // asked for by one whose heap is full
                  "-Xms64m",
                  "-Xmx" + (384 + 128 * servers) + "m"));
      case GATEWAY -> flags.addAll(List.of("-XX:+UseG1GC", "-Xms64m", "-Xmx384m"));
      default -> flags.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx256m"));
    }
    return flags;
  }
}
