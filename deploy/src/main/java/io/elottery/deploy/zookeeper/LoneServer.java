package io.elottery.deploy.zookeeper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** The only server: what it does not keep is gone. */
final class LoneServer implements Serving {
  private final ServerCnxnFactory clients;
  private final ZooKeeperServer server;

  private LoneServer(ServerCnxnFactory clients, ZooKeeperServer server) {
    this.clients = clients;
    this.server = server;
  }

  static LoneServer start(ZooKeeperConfig config, ServerCnxnFactory clients)
      throws IOException, InterruptedException {
    Path data = config.data();
    FileTxnSnapLog files = new FileTxnSnapLog(data.toFile(), data.toFile());
    int tick = (int) config.tick().toMillis();
    ZooKeeperServer server = new ZooKeeperServer(files, tick, "");
    server.setMinSessionTimeout(ZooKeeperConfig.SESSION_TICKS_MIN * tick);
    server.setMaxSessionTimeout(ZooKeeperConfig.SESSION_TICKS_MAX * tick);
    clients.startup(server);
    return new LoneServer(clients, server);
  }

  @Override
  public Optional<ZooKeeperServer> active() {
    return Optional.of(server);
  }

  @Override
  public void stop() {
    clients.shutdown();
    server.shutdown(true);
  }
}
