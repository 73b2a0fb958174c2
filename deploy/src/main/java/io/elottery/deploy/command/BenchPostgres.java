package io.elottery.deploy.command;

import io.elottery.deploy.bench.postgres.PostgresSide;
import io.elottery.deploy.bench.tickets.OurSide;
import io.elottery.deploy.bench.tickets.TicketRounds;
import io.elottery.deploy.cluster.Shipped;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery bench postgres}: tickets beside the same gateway before PostgreSQL. */
@Command(
    name = "postgres",
    description = {
      "Tickets per second beside PostgreSQL (ANY 2 of four standbys) behind the same gateway,",
      "in turn, round after round; the ratio is the median of the rounds' ratios.",
      "Starts a cluster of its own (five workers, one gateway) and PostgreSQL, and ends both."
    })
final class BenchPostgres implements Callable<Integer> {
  private static final int PLAYERS = 256;

  private final Invocation invocation;

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "64,256",
      description = "Players who buy at once (default ${DEFAULT-VALUE}).")
  private List<Integer> connections = List.of();

  @Option(names = "--rounds", defaultValue = "5", description = "Of each side.")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "3", paramLabel = "SECONDS")
  private int warmUp;

  @Option(names = "--seconds", defaultValue = "10", paramLabel = "SECONDS")
  private int seconds;

  @Option(
      names = "--pool",
      defaultValue = "64",
      description = "Connections to PostgreSQL at most (default ${DEFAULT-VALUE}).")
  private int pool;

  @Option(
      names = "--shards",
      defaultValue = "4",
      description = "Shards (default ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--branches",
      defaultValue = "1",
      description =
          "Branches whose draws are bought, each of a home shard, with --alone (default"
              + " ${DEFAULT-VALUE}).")
  private int branches;

  @Option(names = "--alone", description = "Without PostgreSQL: only ours, for a profile.")
  private boolean alone;

  BenchPostgres(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (branches > 1 && !alone) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--branches "
              + branches
              + ": PostgreSQL sells one draw, so more than one branch is measured --alone only;"
              + " nothing was started");
    }
    try (BenchCluster cluster = BenchCluster.start(invocation, shards, branches)) {
      OurSide ours = cluster.side();
      if (alone) {
        for (int each : connections) {
          ours.alone(each, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), this::say);
        }
        return ExitCode.DONE.number();
      }
      try (PostgresSide theirs = PostgresSide.start(PLAYERS, pool, Shipped.game("powerball"))) {
        TicketRounds both = new TicketRounds(ours.side(), theirs.side(), this::say);
        for (int each : connections) {
          String table =
              both.run(each, rounds, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
          invocation.out().println(table);
        }
      }
      return ExitCode.DONE.number();
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
  }

  private void say(String line) {
    invocation.err().println(line);
  }
}
