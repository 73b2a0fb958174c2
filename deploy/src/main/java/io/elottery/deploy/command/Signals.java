package io.elottery.deploy.command;

import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands that break servers of a local cluster and mend them. */
final class Signals {
  private Signals() {}

  /** {@code elottery kill}. */
  @Command(name = "kill", description = "Kills servers of a local cluster as kill -9 does.")
  static final class Kill implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
        arity = "1..*",
        paramLabel = "SERVER",
        description = "As `elottery ps` names them; a data centre or zone stands for its servers.")
    private List<String> names = List.of();

    Kill(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      LocalCluster cluster = invocation.cluster();
      List<Server> servers = cluster.servers(names);
      cluster.kill(servers);
      return done(invocation, "killed", cluster.together(servers));
    }
  }

  /** {@code elottery pause}. */
  @Command(name = "pause", description = "Stops servers of a local cluster as SIGSTOP does.")
  static final class Pause implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
        arity = "1..*",
        paramLabel = "SERVER",
        description = "As `elottery ps` names them; a data centre or zone stands for its servers.")
    private List<String> names = List.of();

    Pause(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      LocalCluster cluster = invocation.cluster();
      List<Server> servers = cluster.servers(names);
      cluster.signal(servers, "STOP");
      return done(invocation, "paused", cluster.together(servers));
    }
  }

  /** {@code elottery resume}. */
  @Command(name = "resume", description = "Lets paused servers of a local cluster go on.")
  static final class Resume implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
        arity = "1..*",
        paramLabel = "SERVER",
        description = "As `elottery ps` names them; a data centre or zone stands for its servers.")
    private List<String> names = List.of();

    Resume(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      LocalCluster cluster = invocation.cluster();
      List<Server> servers = cluster.servers(names);
      cluster.signal(servers, "CONT");
      return done(invocation, "resumed", cluster.together(servers));
    }
  }

  // What shares a process shares its fate.
  private static int done(Invocation invocation, String what, List<Server> servers) {
    invocation
        .err()
        .println(
            what
                + " "
                + String.join(", ", servers.stream().map(server -> server.id().name()).toList()));
    return ExitCode.DONE.number();
  }
}
