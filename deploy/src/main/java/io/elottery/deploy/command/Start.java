package io.elottery.deploy.command;

import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery start}. */
@Command(name = "start", description = "Starts servers of a local cluster that are down.")
final class Start implements Callable<Integer> {
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final Invocation invocation;

  @Parameters(
      arity = "1..*",
      paramLabel = "SERVER",
      description = "As `elottery ps` names them; a data centre or zone stands for its servers.")
  private List<String> names = List.of();

  @Option(names = "--wait", description = "Return when they are ready.")
  private boolean waits;

  Start(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    LocalCluster cluster = invocation.cluster();
    List<Server> servers = cluster.servers(names);
    cluster.start(servers);
    if (waits) {
      cluster.awaitReady(cluster.together(servers), READY_MAX, invocation.err()::println);
    } else {
      invocation.err().println("started " + String.join(", ", names));
    }
    return ExitCode.DONE.number();
  }
}
