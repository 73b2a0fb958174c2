package io.elottery.deploy.command;

import io.elottery.deploy.bench.detection.DetectionBench;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterPace;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.cluster.ClusterShape;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.seal.KdfCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery bench detection}: how fast main knows, on processes of its own. */
@Command(
    name = "detection",
    description = {
      "How long main takes to call a killed and a stopped worker DOWN, and how often it errs.",
      "Starts a cluster of its own in --dir (default: a temporary one) and ends it."
    })
final class BenchDetection implements Callable<Integer> {
  private static final Duration READY_MAX = Duration.ofMinutes(5);

  private final Invocation invocation;

  @Option(names = "--rounds", defaultValue = "20", description = "Kills, and stops, per load.")
  private int rounds;

  @Option(names = "--load", split = ",", defaultValue = "0,4,64", description = "Busy loops.")
  private List<Integer> loads = List.of();

  @Option(names = "--workers", defaultValue = "8", description = "Workers, a process each.")
  private int workers;

  @Option(names = "--heap-mb", defaultValue = "500", description = "Heap each worker really has.")
  private int heap;

  @Option(
      names = "--calm",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "How long to look for verdicts without reason, per load.")
  private int calm;

  @Option(
      names = "--freezes",
      description = "Freezes observers, mains and the whole host for 1 s each meanwhile.")
  private boolean freezes;

  BenchDetection(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    System.setProperty(
        "elottery.worker.opts", "-Xms" + heap + "m -Xmx" + heap + "m -XX:+AlwaysPreTouch");
    ClusterLayout layout =
        ClusterLayout.ofProcesses(directory(), new ClusterShape(1, 3, workers, 1, 0, 0, 0));
    ClusterDescription description =
        ClusterSetup.make(layout, ClusterPace.lively().withSchedule(List.of()), KdfCost.FAST);
    LocalCluster cluster = new LocalCluster(description);
    Thread atExit = new Thread(() -> down(cluster));
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      cluster.start(layout.servers());
      cluster.awaitReady(layout.servers(), READY_MAX, line -> {});
      DetectionBench bench =
          new DetectionBench(cluster, layout, new SecureRandomSource(), invocation.err()::println);
      String forming = bench.forming();
      for (int loops : loads) {
        bench.run(loops, rounds, Duration.ofSeconds(calm), freezes);
      }
      invocation.out().println(forming);
      invocation.out().print(bench.text());
      return ExitCode.DONE.number();
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    } finally {
      down(cluster);
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  private Path directory() throws CommandFailed {
    try {
      return invocation.directory().isPresent()
          ? invocation.directory().get()
          : Files.createTempDirectory("elottery-detection");
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
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
