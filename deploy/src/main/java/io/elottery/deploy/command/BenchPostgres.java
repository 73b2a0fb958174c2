package io.elottery.deploy.command;

import io.elottery.deploy.bench.postgres.PostgresSide;
import io.elottery.deploy.bench.tickets.OurSide;
import io.elottery.deploy.bench.tickets.TicketRounds;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterPace;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.cluster.ClusterShape;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.cluster.Shipped;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.FirstGames;
import io.elottery.deploy.staff.FirstSignIns;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.seal.KdfCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
final class BenchTickets implements Callable<Integer> {
  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(60);
  private static final int PLAYERS = 256;
  // Each is signed up through the gateway, which hashes a password twice; ours share no row lock.
  private static final int OUR_PLAYERS = 16;

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

  @Option(names = "--alone", description = "Without PostgreSQL: only ours, for a profile.")
  private boolean alone;

  BenchTickets(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    ClusterLayout layout =
        ClusterLayout.ofProcesses(directory(), new ClusterShape(1, 1, 5, 1, 1, 0, 0));
    ClusterPace pace = new ClusterPace(shards, List.of(), ClusterPace.lively().session());
    LocalCluster cluster = new LocalCluster(ClusterSetup.make(layout, pace, KdfCost.FAST));
    Thread atExit = new Thread(() -> down(cluster));
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      rich(layout);
      cluster.start(layout.servers());
      cluster.awaitReady(layout.servers(), READY_MAX, line -> {});
      ClusterDescription description =
          FirstSignIns.of(
              ClusterDescription.read(layout.directory()),
              new SecureRandomSource(),
              FIRST_ANSWER_MAX);
      FirstGames.await(
          new Http("http://" + layout.site(), ""),
          Shipped.gameNames(),
          FIRST_ANSWER_MAX,
          invocation.err()::println);
      invocation.err().println("signing up " + OUR_PLAYERS + " players");
      OurSide ours = OurSide.of(description, cluster, OUR_PLAYERS);
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
    } finally {
      down(cluster);
      Runtime.getRuntime().removeShutdownHook(atExit);
      delete(layout.directory());
    }
  }

  // So that nobody's money ends within the run, and all may sign in from one address.
  private static void rich(ClusterLayout layout) throws IOException {
    for (Server gateway : layout.of(Server.Kind.GATEWAY)) {
      String text = Files.readString(gateway.config());
      Files.writeString(
          gateway.config(),
          text.replace("10000.00", "10000000.00") + "\nsignin.tries-per-address: 100000\n");
    }
  }

  private void say(String line) {
    invocation.err().println(line);
  }

  private Path directory() throws CommandFailed {
    try {
      return invocation.directory().isPresent()
          ? invocation.directory().get()
          : Files.createTempDirectory("elottery-tickets");
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
  }

  private void delete(Path directory) {
    if (invocation.directory().isPresent()) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      invocation.err().println("not deleted: " + left);
    }
  }

  private void down(LocalCluster cluster) {
    try {
      cluster.down();
    } catch (CommandFailed failed) {
      invocation.err().println("not ended: " + failed.getMessage());
    }
  }
}
