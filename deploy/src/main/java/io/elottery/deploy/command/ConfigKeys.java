package io.elottery.deploy.command;

import io.elottery.auditor.AuditorConfig;
import io.elottery.controller.app.ControllerConfig;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.zookeeper.ZooKeeperConfig;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.RegistryConfig;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.StoreFiles;
import io.elottery.ledger.node.LedgerConfig;
import io.elottery.web.config.WebConfig;
import io.elottery.worker.WorkerConfig;
import java.util.List;

/** Asks for every key that a role's assembly asks for. */
final class ConfigKeys {
  private ConfigKeys() {}

  static void read(String role, ConfigSource source) throws CommandFailed {
    switch (role) {
      case "main" -> main(source);
      case "worker" -> {
        WorkerConfig.from(source);
        LedgerConfig.from(source);
      }
      case "web" -> WebConfig.from(source);
      case "auditor" -> AuditorConfig.from(source);
      case "zookeeper" -> ZooKeeperConfig.from(source);
      default ->
          throw new CommandFailed(
              ExitCode.USAGE,
              "\"" + role + "\" is no role: say --role main, worker, web, auditor or zookeeper");
    }
  }

  private static void main(ConfigSource source) {
    ControllerConfig main = ControllerConfig.from(source);
    TrunkConfig.from(source);
    StoreFiles stores = StoreFiles.in(main.dir().resolve("stores"));
    List<NodeId> mains = main.mains().stream().map(one -> one.id()).toList();
    RegistryConfig.from(
        source,
        new RegistryConfig.Stores(stores.keyStore(), stores.trustStore(), stores.password()),
        mains);
  }
}
