package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.LastCluster;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Output;
import io.elottery.deploy.staff.Http;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands share: which cluster they are about and how they print. */
@Command(
    name = "elottery",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs and keeps an e-lottery network.",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 refused by a rule, 4 unreachable,",
      "5 timed out, 6 verification failed."
    })
public final class Invocation {
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The cluster's directory; without it the cluster started last.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "table (default), json or yaml.")
  private Output output = Output.TABLE;

  /** Printing answers to {@code out} and progress to {@code err}. */
  public Invocation(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The directory that was named. */
  Optional<Path> directory() {
    return directory.map(named -> named.toAbsolutePath().normalize());
  }

  /** The cluster that was named, or the one started last. */
  ClusterDescription description() throws CommandFailed {
    Optional<Path> found = directory().or(LastCluster::find);
    if (found.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "no cluster was started yet: start one with `elottery up`, or name one by --dir");
    }
    return ClusterDescription.read(found.get());
  }

  /** The cluster's processes. */
  LocalCluster cluster() throws CommandFailed {
    return new LocalCluster(description());
  }

  /** The public API; without a sign-in. */
  Http site() throws CommandFailed {
    return new Http("http://" + description().layout().site(), "");
  }

  /** The public API as this person of {@code cluster.json}. */
  Http siteAs(String person) throws CommandFailed {
    ClusterDescription description = description();
    return new Http("http://" + description.layout().site(), description.signIn(person).token());
  }

  /** The staff port as this person of {@code cluster.json}. */
  Http staffAs(String person) throws CommandFailed {
    ClusterDescription description = description();
    return new Http("http://" + description.layout().staff(), description.signIn(person).token());
  }

  /** How answers are printed. */
  Output output() {
    return output;
  }

  /** For answers. */
  PrintStream out() {
    return out;
  }

  /** For progress and warnings. */
  PrintStream err() {
    return err;
  }
}
