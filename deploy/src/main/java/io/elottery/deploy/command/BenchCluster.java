package io.elottery.deploy.command;

import io.elottery.deploy.bench.tickets.OurSide;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster for one measurement: five workers, a main, ZooKeeper, an auditor and a gateway, a
 * process each, with a draw on sale and rich players. Ended and deleted with this, or with the
 * command.
 */
final class BenchCluster implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(60);
  // Each is signed up through the gateway, which hashes a password twice; ours share no row lock.
  private static final int PLAYERS = 16;

  private final Invocation invocation;
  private final ClusterLayout layout;
  private final LocalCluster cluster;
  private final List<String> branches;
  private final Thread atExit = new Thread(this::down);

  private BenchCluster(
      Invocation invocation, ClusterLayout layout, LocalCluster cluster, List<String> branches) {
    this.invocation = invocation;
    this.layout = layout;
    this.cluster = cluster;
    this.branches = branches;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes and starts one, in the directory that was asked for or one that is deleted.
   *
   * @param branches how many sell; each has a home shard of its own, where there are enough
   */
  static BenchCluster start(Invocation invocation, int shards, int branches) throws CommandFailed {
    List<String> codes = branchCodes(branches);
    ClusterLayout layout =
        ClusterLayout.ofProcesses(directory(invocation), new ClusterShape(1, 1, 5, 1, 1, 0, 0));
    ClusterPace pace =
        ClusterPace.lively().withSchedule(List.of()).withShards(shards).withBranches(codes);
    LocalCluster cluster = new LocalCluster(ClusterSetup.make(layout, pace, KdfCost.FAST));
    BenchCluster started = new BenchCluster(invocation, layout, cluster, codes);
    try {
      rich(layout);
      cluster.start(layout.servers());
      cluster.awaitReady(layout.servers(), READY_MAX, line -> {});
      return started;
    } catch (IOException failed) {
      started.close();
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    } catch (CommandFailed | RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  /** Signs players up and opens a draw, through its gateway. */
  OurSide side() throws CommandFailed, IOException {
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
    int players = Math.max(PLAYERS, branches.size());
    invocation.err().println("signing up " + players + " players");
    return OurSide.of(description, cluster, branches, players);
  }

  /** Kills the gateway, so that another can take its place; its configuration. */
  Path withoutGateway() throws CommandFailed {
    List<Server> gateways = layout.of(Server.Kind.GATEWAY);
    cluster.kill(gateways);
    return gateways.get(0).config();
  }

  /** Its directory. */
  Path directory() {
    return layout.directory();
  }

  @Override
  public void close() {
    down();
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (invocation.directory().isEmpty()) {
      delete();
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

  // TOR alone, as everywhere; the others by number.
  private static List<String> branchCodes(int count) {
    List<String> codes = new ArrayList<>(List.of("TOR"));
    for (int i = 1; i < count; i++) {
      codes.add("B" + (char) ('A' + i / 26) + (char) ('A' + i % 26));
    }
    return codes;
  }

  private static Path directory(Invocation invocation) throws CommandFailed {
    try {
      return invocation.directory().isPresent()
          ? invocation.directory().get()
          : Files.createTempDirectory("elottery-bench");
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(layout.directory())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      invocation.err().println("not deleted: " + left);
    }
  }

  private void down() {
    try {
      cluster.down();
    } catch (CommandFailed failed) {
      invocation.err().println("not ended: " + failed.getMessage());
    }
  }
}
