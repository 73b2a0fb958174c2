package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Pause;
import io.elottery.foundation.id.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The processes of a local cluster: started, broken and stopped. On the calling thread, waiting.
 */
public final class LocalCluster {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(150);
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);
  private static final int LOG_LINES = 15;

  private final ClusterDescription description;

  /** Over what is written down of it. */
  public LocalCluster(ClusterDescription description) {
    this.description = description;
  }

  /**
   * One process as it is now.
   *
   * @param pid 0 when there is none
   * @param state {@code running paused down}
   */
  public record Status(Server server, long pid, String state) {}

  /** All processes. */
  public List<Status> status() {
    List<Status> rows = new ArrayList<>();
    for (Server server : layout().servers()) {
      Optional<ServerProcess> process = ServerProcess.of(server);
      rows.add(
          new Status(
              server,
              process.map(ServerProcess::pid).orElse(0L),
              process.isEmpty() && server.isRemoved()
                  ? "removed"
                  : process
                      .map(ServerProcess::state)
                      .orElse(ServerProcess.State.DOWN)
                      .name()
                      .toLowerCase(java.util.Locale.ROOT)));
    }
    return rows;
  }

  /** Starts those that are down; the others stay as they are. */
  public void start(List<Server> servers) throws CommandFailed {
    try {
      for (Server server : servers) {
        if (ServerProcess.of(server).isEmpty()) {
          Launch.start(together(server));
        }
      }
      rewrite();
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "cannot start a process: " + failed.getMessage(), failed);
    }
  }

  /**
   * Waits until these servers are ready.
   *
   * @param progress told whenever another one is ready, and what the rest waits for
   * @throws CommandFailed when one of them ended, or not all are ready in time
   */
  public void awaitReady(List<Server> servers, Duration within, Consumer<String> progress)
      throws CommandFailed {
    long began = System.nanoTime();
    List<Server> waiting = new ArrayList<>(servers);
    Map<NodeId, String> reasons = new TreeMap<>();
    while (!waiting.isEmpty()) {
      for (Server server : List.copyOf(waiting)) {
        String reason = Probe.waitsFor(server);
        reasons.put(server.id(), reason);
        if (reason.isEmpty()) {
          waiting.remove(server);
          reasons.remove(server.id());
          progress.accept(server.id() + " is ready at " + server.mainAddress());
        } else if (ServerProcess.of(server).isEmpty()) {
          throw new CommandFailed(
              ExitCode.FAILED,
              server.id()
                  + " ended while starting; the end of "
                  + server.log()
                  + ":\n"
                  + logEnd(server));
        }
      }
      if (!waiting.isEmpty()) {
        if (System.nanoTime() - began > within.toNanos()) {
          throw new CommandFailed(
              ExitCode.TIMED_OUT, "not ready in " + within.toSeconds() + " s: " + reasons);
        }
        Pause.of(LOOK_AGAIN);
      }
    }
  }

  /** SIGKILL, and waits for the end. */
  public void kill(List<Server> servers) throws CommandFailed {
    List<ServerProcess> processes = new ArrayList<>();
    for (Server server : oneOfEach(servers)) {
      processes.add(running(server));
    }
    processes.forEach(ServerProcess::kill);
    awaitEnds(processes);
    describe();
  }

  /** SIGSTOP ({@code STOP}) or SIGCONT ({@code CONT}). */
  public void signal(List<Server> servers, String signal) throws CommandFailed {
    List<ServerProcess> processes = new ArrayList<>();
    for (Server server : oneOfEach(servers)) {
      processes.add(running(server));
    }
    try {
      ServerProcess.signal(signal, processes);
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /**
   * Ends all processes, gateways first, ZooKeeper and the relay last; what does not end by itself
   * is killed.
   *
   * @return how many were ended
   */
  public int down() throws CommandFailed {
    int ended = 0;
    for (Server.Kind kind :
        List.of(
            Server.Kind.FRONT,
            Server.Kind.GATEWAY,
            Server.Kind.AUDITOR,
            Server.Kind.WORKER,
            Server.Kind.MAIN,
            Server.Kind.ZOOKEEPER,
            Server.Kind.CUTS)) {
      List<ServerProcess> processes =
          oneOfEach(layout().of(kind)).stream()
              .flatMap(server -> ServerProcess.of(server).stream())
              .toList();
      ended += processes.size();
      end(processes);
    }
    try {
      for (Server server : layout().servers()) {
        ServerProcess.forget(server);
      }
      rewrite();
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
    return ended;
  }

  /** The servers of these names, those of a data centre or zone for its name. */
  public List<Server> servers(List<String> names) throws CommandFailed {
    List<Server> servers = new ArrayList<>();
    for (String name : names) {
      List<Server> named =
          layout().servers().stream().filter(server -> server.isNamed(name)).toList();
      if (named.isEmpty()) {
        throw new CommandFailed(
            ExitCode.USAGE, "no server \"" + name + "\" in this cluster: it has " + names());
      }
      servers.addAll(named);
    }
    return servers;
  }

  /** All servers that share a process with one of these, in their order. */
  public List<Server> together(List<Server> servers) {
    List<NodeId> processes = servers.stream().map(Server::process).toList();
    return layout().servers().stream()
        .filter(server -> processes.contains(server.process()))
        .toList();
  }

  // Without those that were removed, unless it is the one that is meant: it says so itself.
  private List<Server> together(Server server) {
    return together(List.of(server)).stream()
        .filter(each -> each.equals(server) || !each.isRemoved())
        .toList();
  }

  private static List<Server> oneOfEach(List<Server> servers) {
    Map<NodeId, Server> first = new LinkedHashMap<>();
    servers.forEach(server -> first.putIfAbsent(server.process(), server));
    return List.copyOf(first.values());
  }

  private void end(List<ServerProcess> processes) throws CommandFailed {
    try {
      for (ServerProcess process : processes) {
        process.terminate();
        if (process.state() == ServerProcess.State.PAUSED) {
          process.signal("CONT");
        }
      }
      long began = System.nanoTime();
      for (ServerProcess process : processes) {
        Duration left = END_PATIENCE.minusNanos(System.nanoTime() - began);
        if (!process.awaitEnd(left.isNegative() ? Duration.ZERO : left)) {
          process.kill();
        }
      }
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  private static void awaitEnds(List<ServerProcess> processes) throws CommandFailed {
    try {
      for (ServerProcess process : processes) {
        if (!process.awaitEnd(END_PATIENCE)) {
          throw new CommandFailed(ExitCode.TIMED_OUT, "process " + process.pid() + " does not end");
        }
      }
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  private ServerProcess running(Server server) throws CommandFailed {
    return ServerProcess.of(server)
        .orElseThrow(
            () ->
                new CommandFailed(
                    ExitCode.FAILED,
                    server.id()
                        + " does not run: start it with `elottery start "
                        + server.id()
                        + "`"));
  }

  /** Writes the description down with the processes as they run now. */
  public void describe() throws CommandFailed {
    try {
      rewrite();
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
  }

  private void rewrite() throws IOException {
    Map<NodeId, Long> pids = new TreeMap<>();
    for (Server server : layout().servers()) {
      ServerProcess.of(server).ifPresent(process -> pids.put(server.id(), process.pid()));
    }
    description.write(pids);
  }

  private ClusterLayout layout() {
    return description.layout();
  }

  private String names() {
    return String.join(
        ", ", layout().servers().stream().map(server -> server.id().name()).toList());
  }

  private static String logEnd(Server server) {
    try {
      List<String> lines = Files.readAllLines(server.log(), StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException none) {
      return "(no log)";
    }
  }
}
