package io.elottery.deploy.command;

import io.elottery.deploy.bench.ledger.BareRaft;
import io.elottery.deploy.bench.ledger.LedgerRounds;
import io.elottery.deploy.bench.ledger.OurLedger;
import io.elottery.deploy.bench.ledger.Pgbench;
import io.elottery.deploy.bench.tickets.Side;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery bench ledger}: tickets without HTTP, beside pgbench and the bare Raft core. */
@Command(
    name = "ledger",
    description = {
      "Tickets per second through the ledger without HTTP, links encrypted and receipts signed,",
      "beside pgbench (PostgreSQL, ANY 2 of four standbys) and the bare Raft core (five processes,",
      "plain TCP, commands of the same length that do nothing), in turn, round after round.",
      "Starts all of them and ends them; a ratio is the median of the rounds' ratios."
    })
final class BenchLedger implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--under-way",
      split = ",",
      defaultValue = "64,256",
      description = "Commands under way at once (default ${DEFAULT-VALUE}).")
  private List<Integer> underWay = List.of();

  @Option(names = "--rounds", defaultValue = "5", description = "Of each side.")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "5", paramLabel = "SECONDS")
  private int warmUp;

  @Option(names = "--seconds", defaultValue = "8", paramLabel = "SECONDS")
  private int seconds;

  @Option(
      names = "--shards",
      defaultValue = "4",
      description = "Shards (default ${DEFAULT-VALUE}).")
  private int shards;

  BenchLedger(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    try (BenchCluster cluster = BenchCluster.start(invocation, shards, 1)) {
      Side side = cluster.side().side();
      try (OurLedger ours = OurLedger.of(side, cluster.withoutGateway());
          BareRaft bare = BareRaft.start(cluster.directory(), OurLedger.COMMAND_BYTES);
          Pgbench pgbench = Pgbench.start(Collections.max(underWay))) {
        LedgerRounds all =
            new LedgerRounds(ours, bare, pgbench, line -> invocation.err().println(line));
        for (int each : underWay) {
          String table =
              all.run(each, rounds, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
          invocation.out().println(table);
        }
      }
      return ExitCode.DONE.number();
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
  }
}
