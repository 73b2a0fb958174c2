package io.elottery.deploy.command;

import io.elottery.deploy.cluster.ClusterPace;
import io.elottery.deploy.cluster.ClusterShape;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.heartbeat.registry.RegistryConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How many servers of each kind, and the ports people use. */
final class ShapeOptions {
  private static final long SESSION_MILLIS_MIN = 1_000;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Workers (default ${DEFAULT-VALUE}).")
  private int workers = 6;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      description = "Gateways (default ${DEFAULT-VALUE}).")
  private int gateways = 2;

  @Option(
      names = "--mains",
      paramLabel = "N",
      description = "Mains: LEFT, RIGHT, substitutes (default ${DEFAULT-VALUE}).")
  private int mains = 3;

  @Option(
      names = "--zookeepers",
      paramLabel = "N",
      description = "ZooKeeper servers: 1, 3, 5 or 7 (default ${DEFAULT-VALUE}).")
  private int zookeepers = 1;

  @Option(
      names = "--auditors",
      paramLabel = "N",
      description = "Auditors (default ${DEFAULT-VALUE}).")
  private int auditors = 1;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The site's port (default 8080); 0 picks free ones for everything.")
  private int port = 8080;

  @Option(
      names = "--staff-port",
      paramLabel = "PORT",
      description = "The staff console's port (default 8443, with --port 0 a free one).")
  private int staffPort = -1;

  @Option(
      names = "--datacentres",
      paramLabel = "N",
      description = "Data centres the workers are said to stand in (default ${DEFAULT-VALUE}).")
  private int datacentres = 1;

  @Option(
      names = "--zones",
      paramLabel = "N",
      description = "Zones of each data centre (default ${DEFAULT-VALUE}).")
  private int zones = 1;

  @Option(
      names = "--per-process",
      paramLabel = "N",
      description = "Workers in one process; they fail together (default ${DEFAULT-VALUE}).")
  private int perProcess = 1;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Shards of the ledger, for good (default ${DEFAULT-VALUE}).")
  private int shards = ClusterPace.SHARDS;

  @Option(
      names = "--session-timeout",
      paramLabel = "MS",
      description =
          "Milliseconds after which a silent main's half is led by another (default"
              + " ${DEFAULT-VALUE}).")
  private long sessionMillis = RegistryConfig.SESSION_TIMEOUT.toMillis();

  ClusterPace pace() throws CommandFailed {
    // ZooKeeper's tick is 500 ms and it grants no less than two.
    if (sessionMillis < SESSION_MILLIS_MIN) {
      throw new CommandFailed(
          ExitCode.USAGE, "--session-timeout " + sessionMillis + ": expected 1000 or more");
    }
    if (shards < 1 || shards > ClusterPace.SHARDS_MAX) {
      throw new CommandFailed(
          ExitCode.USAGE, "--shards " + shards + ": expected 1 … " + ClusterPace.SHARDS_MAX);
    }
    return ClusterPace.lively().withShards(shards).withSession(Duration.ofMillis(sessionMillis));
  }

  ClusterShape shape() throws CommandFailed {
    int staff = staffPort >= 0 ? staffPort : port == 0 ? 0 : 8443;
    try {
      ClusterShape.Spread spread = new ClusterShape.Spread(datacentres, zones, perProcess);
      return new ClusterShape(zookeepers, mains, workers, gateways, auditors, port, staff, spread);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
