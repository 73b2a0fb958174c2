package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.LastCluster;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Output;
import io.elottery.deploy.staff.Http;
import io.elottery.deploy.staff.Logins;
import io.elottery.deploy.staff.Prompt;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
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
  private final Prompt prompt;
  private final Logins logins;

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

  @Option(
      names = "--as",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "Who asks: somebody who signed in by `elottery login`, or a person of cluster.json.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The staff port of a network elsewhere, instead of a cluster of this machine.")
  private Optional<String> server = Optional.empty();

  /** Printing answers to {@code out} and progress to {@code err}, asking at the terminal. */
  public Invocation(PrintStream out, PrintStream err) {
    this(out, err, Prompt.ofTerminal(err), Logins.ofUser());
  }

  /** With a way to ask and a place for sign-ins. */
  public Invocation(PrintStream out, PrintStream err, Prompt prompt, Logins logins) {
    this.out = out;
    this.err = err;
    this.prompt = prompt;
    this.logins = logins;
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

  private void tell(String line) {
    err.println(line);
  }

  /** The public API; without a sign-in. */
  Http site() throws CommandFailed {
    return new Http("http://" + description().layout().site(), "", this::tell);
  }

  /** The public API as this person of {@code cluster.json}. */
  Http siteAs(String person) throws CommandFailed {
    ClusterDescription description = description();
    return new Http(
        "http://" + description.layout().site(), description.signIn(person).token(), this::tell);
  }

  /** The staff port as this person of {@code cluster.json}. */
  Http staffAs(String person) throws CommandFailed {
    ClusterDescription description = description();
    return new Http(
        "http://" + description.layout().staff(), description.signIn(person).token(), this::tell);
  }

  /** The staff port as whoever asks: {@code --as}, the last one signed in, or operations. */
  Http staff() throws CommandFailed {
    String port = staffPort();
    Optional<Logins.Login> login = logins.find(port, name, Instant.now());
    if (login.isPresent()) {
      return new Http(port, login.get().token(), this::tell);
    }
    if (server.isPresent() || !isLocal(port)) {
      throw new CommandFailed(
          ExitCode.REFUSED,
          name.orElse("nobody") + " is not signed in to " + port + ": `elottery login NAME`");
    }
    return new Http(port, description().signIn(name.orElse("operations")).token(), this::tell);
  }

  /** The staff port's address, without a sign-in. */
  String staffPort() throws CommandFailed {
    if (server.isPresent()) {
      return server.get().replaceFirst("/+$", "");
    }
    if (directory().isEmpty() && LastCluster.find().isEmpty() && logins.lastServer().isPresent()) {
      return logins.lastServer().get();
    }
    return "http://" + description().layout().staff();
  }

  private boolean isLocal(String port) throws CommandFailed {
    return (directory().isPresent() || LastCluster.find().isPresent())
        && port.equals("http://" + description().layout().staff());
  }

  /** Who is to ask. */
  Optional<String> name() {
    return name;
  }

  /** Asks the person at the terminal. */
  Prompt prompt() {
    return prompt;
  }

  /** Where sign-ins are kept. */
  Logins logins() {
    return logins;
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
