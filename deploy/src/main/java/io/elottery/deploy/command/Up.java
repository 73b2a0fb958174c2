package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.cluster.LastCluster;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Rehearsal;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.cluster.Shipped;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.FirstGames;
import io.elottery.deploy.staff.FirstSignIns;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.seal.KdfCost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elottery up}: a local cluster, one process for each server. */
@Command(
    name = "up",
    description = {
      "Starts a local cluster, one process for each server.",
      "Returns when it is ready. A cluster that is in --dir DIR already is started again with its data."
    })
final class Up implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--cuttable",
      description = "Servers reach each other by a relay, for `elottery partition`; needs Linux.")
  private boolean cuttable;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Gives up when not all are ready by then (default ${DEFAULT-VALUE}).")
  private int timeout = 150;

  @Mixin private final ShapeOptions options = new ShapeOptions();

  Up(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    Path directory = invocation.directory().orElse(LastCluster.home().resolve("cluster"));
    ClusterDescription description = made(directory);
    Rehearsal.ifNeeded(invocation.err()::println);
    LocalCluster cluster = new LocalCluster(description);
    ClusterLayout layout = description.layout();
    List<Server> servers = new ArrayList<>(layout.servers());
    servers.removeIf(this::isRemoved);
    cluster.start(servers);
    LastCluster.remember(directory);
    Duration patience = Duration.ofSeconds(timeout);
    cluster.awaitReady(servers, patience, invocation.err()::println);
    ClusterDescription signedIn = FirstSignIns.of(description, new SecureRandomSource(), patience);
    new LocalCluster(signedIn).describe();
    Http site = new Http("http://" + layout.site(), "");
    FirstGames.await(site, Shipped.gameNames(), patience, invocation.err()::println);
    invocation.out().print(Welcome.text(signedIn));
    return ExitCode.DONE.number();
  }

  private boolean isRemoved(Server server) {
    boolean removed = server.isRemoved();
    if (removed) {
      invocation.err().println(server.id() + " was removed from the network: not started");
    }
    return removed;
  }

  private ClusterDescription made(Path directory) throws CommandFailed {
    if (Files.exists(ClusterDescription.file(directory))) {
      invocation.err().println("starting the cluster that is in " + directory);
      return ClusterDescription.read(directory);
    }
    ClusterLayout layout =
        cuttable
            ? ClusterLayout.ofCuttableProcesses(directory, options.shape())
            : ClusterLayout.ofProcesses(directory, options.shape());
    invocation.err().println("making " + layout.servers().size() + " servers in " + directory);
    // The passphrase is 32 random bytes: no guess needs to be made dear.
    return ClusterSetup.make(layout, options.pace(), KdfCost.FAST);
  }
}
