package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.lifecycle.Lifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ZooKeeper server: a TLS 1.3 port that refuses whoever has no certificate of the network's
 * authority, and nothing else: no plain port, no admin server, no four-letter words.
 *
 * <p>ZooKeeper takes its TLS settings from system properties, so there is one in a JVM.
 */
public final class ZooKeeperNode implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperNode.class);
  private static final int CONNECTIONS_MAX = 100;
  private static final String X509 = "org.apache.zookeeper.server.auth.X509AuthenticationProvider";
  private static final String NETTY = "org.apache.zookeeper.server.NettyServerCnxnFactory";

  private final ZooKeeperConfig config;
  private final Runnable stop;
  private @Nullable ServerCnxnFactory connections;
  private @Nullable ZooKeeperServer server;

  /**
   * @param stop told when the server stops by itself; must not wait
   */
  public ZooKeeperNode(ZooKeeperConfig config, Runnable stop) {
    this.config = config;
    this.stop = stop;
  }

  @Override
  public void start() {
    settings().forEach(System::setProperty);
    try {
      Path data = config.dir().resolve("data");
      FileTxnSnapLog files = new FileTxnSnapLog(data.toFile(), data.toFile());
      int tick = (int) config.tick().toMillis();
      ZooKeeperServer made = new ZooKeeperServer(files, tick, "");
      made.setMinSessionTimeout(2 * tick);
      made.setMaxSessionTimeout(100 * tick);
      ServerCnxnFactory factory = ServerCnxnFactory.createFactory();
      factory.configure(
          new InetSocketAddress(config.listen().host(), config.listen().port()),
          CONNECTIONS_MAX,
          -1,
          true);
      factory.startup(made);
      connections = factory;
      server = made;
      log.info("{} serves at {}, TLS with client certificates only", config.node(), address());
    } catch (IOException failed) {
      throw new UncheckedIOException(
          config.node() + " at " + config.listen() + ": " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop.run();
    }
  }

  /** Where it listens, with the port picked. */
  public Address address() {
    ServerCnxnFactory factory = connections;
    return factory == null
        ? config.listen()
        : new Address(config.listen().host(), factory.getLocalPort());
  }

  @Override
  public void close() {
    ServerCnxnFactory factory = connections;
    connections = null;
    if (factory != null) {
      factory.shutdown();
    }
    ZooKeeperServer made = server;
    server = null;
    if (made != null) {
      made.shutdown(true);
    }
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("zookeeper.ssl.keyStore.location", config.keyStore().toString()),
        Map.entry("zookeeper.ssl.keyStore.passwordPath", config.password().toString()),
        Map.entry("zookeeper.ssl.keyStore.type", "PKCS12"),
        Map.entry("zookeeper.ssl.trustStore.location", config.trustStore().toString()),
        Map.entry("zookeeper.ssl.trustStore.passwordPath", config.password().toString()),
        Map.entry("zookeeper.ssl.trustStore.type", "PKCS12"),
        Map.entry("zookeeper.ssl.protocol", "TLSv1.3"),
        Map.entry("zookeeper.ssl.enabledProtocols", "TLSv1.3"),
        Map.entry("zookeeper.ssl.clientAuth", "need"),
        // The authority is ours alone: who a client is stands in its certificate, not in its host.
        Map.entry("zookeeper.ssl.clientHostnameVerification", "false"),
        Map.entry("zookeeper.authProvider.x509", X509),
        Map.entry("zookeeper.admin.enableServer", "false"),
        Map.entry("zookeeper.4lw.commands.whitelist", ""),
        // The only one of its two factories that can do TLS.
        Map.entry("zookeeper.serverCnxnFactory", NETTY));
  }
}
