package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.keyvault.seal.KdfCost;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code elottery init}: makes a network offline; starts nothing. */
@Command(
    name = "init",
    description = {
      "Makes a new network offline; starts nothing.",
      "In --dir DIR: its authority, one-time join tokens, the sealed bootstrap file,"
          + " and a configuration for each server. `elottery up --dir DIR` starts it here."
    })
final class Init implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final ShapeOptions options = new ShapeOptions();

  @Mixin private final CutOptions cut = new CutOptions();

  Init(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    Path directory =
        invocation
            .directory()
            .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, "say where with --dir DIR"));
    ClusterSetup.Made made =
        ClusterSetup.make(
            ClusterLayout.ofProcesses(directory, options.shape()),
            options.pace(),
            KdfCost.STANDARD,
            cut.cut());
    int servers = made.description().layout().servers().size();
    invocation.out().println("made a network of " + servers + " servers in " + directory);
    if (made.pieces().isEmpty()) {
      invocation
          .out()
          .println(
              "passphrase of the vault   "
                  + directory.resolve("passphrase")
                  + "  (keep a copy elsewhere)");
    } else {
      cut.show(made.pieces(), invocation.out());
    }
    invocation.out().println("sign-ins of the staff     " + ClusterDescription.file(directory));
    invocation.out().println("start it here             elottery up --dir " + directory);
    return ExitCode.DONE.number();
  }
}
