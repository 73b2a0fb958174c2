package io.elottery.deploy.zookeeper;

import java.util.Optional;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A server of ZooKeeper at work, alone or in an ensemble. */
interface Serving {
  /** What holds the sessions now; empty while an ensemble has no leader. */
  Optional<ZooKeeperServer> active();

  /** Stops it, the clients' port included. */
  void stop();
}
