package io.elottery.deploy.command;

import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.cuts.Cuts;
import io.elottery.deploy.cuts.CutsFile;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elottery partition}: cuts the connections between servers of a local cluster. */
@Command(
    name = "partition",
    description = {
      "Cuts servers of a local cluster from each other; they run on and hear nothing.",
      "The cluster was started by `elottery up --cuttable`. Without servers, lists what is cut."
    })
final class Partition implements Callable<Integer> {
  private static final Duration APPLIED_MAX = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Invocation invocation;

  @Parameters(
      arity = "0..2",
      paramLabel = "SERVER[,SERVER...]",
      description = "Those on the one side, then those on the other.")
  private List<String> sides = List.of();

  @Option(names = "--one-way", description = "Only what the first say is not heard by the second.")
  private boolean oneWay;

  Partition(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (sides.isEmpty()) {
      Cuts now = file(invocation).map(CutsFile::read);
      invocation.out().print(now.text());
    } else {
      List<List<String>> groups = groups(invocation, sides);
      change(invocation, now -> now.with(groups.get(0), groups.get(1), oneWay));
      invocation.err().println("cut: " + String.join(oneWay ? " -> " : " | ", sides));
    }
    return ExitCode.DONE.number();
  }

  /** {@code elottery heal}. */
  @Command(
      name = "heal",
      description = "Joins servers again that `elottery partition` cut; without servers, all.")
  static final class Heal implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
        arity = "0..2",
        paramLabel = "SERVER[,SERVER...]",
        description = "Those on the one side, then those on the other.")
    private List<String> sides = List.of();

    Heal(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandFailed {
      if (sides.isEmpty()) {
        change(invocation, now -> Cuts.NONE);
      } else {
        List<List<String>> groups = groups(invocation, sides);
        change(invocation, now -> now.without(groups.get(0), groups.get(1)));
      }
      invocation.err().println("healed");
      return ExitCode.DONE.number();
    }
  }

  private interface Change {
    Cuts of(Cuts now);
  }

  private interface Reading<T> {
    T of(CutsFile file) throws IOException;
  }

  /** The relay's file, read with its failures told. */
  private record Told(CutsFile file) {
    <T> T map(Reading<T> reading) throws CommandFailed {
      try {
        return reading.of(file);
      } catch (IOException failed) {
        throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
      }
    }
  }

  private static Told file(Invocation invocation) throws CommandFailed {
    return new Told(new CutsFile(relay(invocation).directory()));
  }

  private static Server relay(Invocation invocation) throws CommandFailed {
    List<Server> relays = invocation.description().layout().of(Server.Kind.CUTS);
    if (relays.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "this cluster cannot be cut: start a new one with `elottery up --cuttable --dir DIR`");
    }
    return relays.get(0);
  }

  private static void change(Invocation invocation, Change change) throws CommandFailed {
    Told told = file(invocation);
    Cuts wanted = change.of(told.map(CutsFile::read));
    boolean written =
        told.map(
            file -> {
              file.write(wanted);
              return true;
            });
    long began = System.nanoTime();
    while (written && !told.map(file -> file.isApplied(wanted))) {
      if (System.nanoTime() - began > APPLIED_MAX.toNanos()) {
        throw new CommandFailed(
            ExitCode.TIMED_OUT, "the relay does not answer: does \"cuts\" run? See `elottery ps`");
      }
      Pause.of(LOOK_AGAIN);
    }
  }

  private static List<List<String>> groups(Invocation invocation, List<String> sides)
      throws CommandFailed {
    if (sides.size() != 2) {
      throw new CommandFailed(ExitCode.USAGE, "name both sides: partition worker-1 worker-2");
    }
    String relay = relay(invocation).id().name();
    List<String> first = List.of(sides.get(0).split(","));
    List<String> second = List.of(sides.get(1).split(","));
    for (Server one : invocation.cluster().servers(first)) {
      for (Server other : invocation.cluster().servers(second)) {
        check(one, other, relay);
      }
    }
    return List.of(first, second);
  }

  private static void check(Server one, Server other, String relay) throws CommandFailed {
    for (Server server : List.of(one, other)) {
      if (server.address("source").isEmpty()) {
        throw new CommandFailed(
            ExitCode.USAGE, server.id() + " cannot be cut: nothing of it goes by " + relay);
      }
    }
    if (one.kind() == Server.Kind.ZOOKEEPER && other.kind() == Server.Kind.ZOOKEEPER) {
      throw new CommandFailed(
          ExitCode.USAGE,
          one.id() + " and " + other.id() + " reach each other directly: pause or kill one");
    }
  }
}
