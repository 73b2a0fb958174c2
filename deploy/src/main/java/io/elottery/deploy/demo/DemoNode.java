package io.elottery.deploy.demo;

import io.elottery.auditor.AuditorAssembly;
import io.elottery.controller.app.ControllerAssembly;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.zookeeper.ZooKeeperConfig;
import io.elottery.deploy.zookeeper.ZooKeeperNode;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.web.WebAssembly;
import io.elottery.worker.WorkerAssembly;
import java.util.List;
import java.util.Map;

/** Makes a server of the demo from the very file its own process would be started with. */
final class DemoNode {
  private DemoNode() {}

  static Lifecycle of(Server server, NettyRuntime runtime, Runnable stopped) throws ConfigRefused {
    ConfigSource config = ConfigSource.load(server.config(), Map.of(), List.of());
    return switch (server.kind()) {
      case ZOOKEEPER -> {
        ZooKeeperConfig zookeeper = ZooKeeperConfig.from(config);
        config.done();
        yield new ZooKeeperNode(zookeeper, runtime, stopped);
      }
      case MAIN -> ControllerAssembly.of(config, runtime, stopped);
      case WORKER -> WorkerAssembly.of(config, runtime, stopped);
      case AUDITOR -> AuditorAssembly.of(config, runtime, stopped);
      case GATEWAY -> WebAssembly.of(config, runtime, stopped);
      case CUTS -> throw new IllegalStateException("the demo has no relay");
      case FRONT -> throw new IllegalStateException("the demo has one gateway and no front");
    };
  }
}
