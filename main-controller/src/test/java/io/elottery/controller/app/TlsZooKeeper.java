package io.elottery.controller.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A real ZooKeeper in this JVM that speaks TLS only; one at a time. */
final class TlsZooKeeper implements AutoCloseable {
  private static final int TICK_MILLIS = 100;

  private final Map<String, String> settings;
  private final ServerCnxnFactory connections;

  /**
   * @param stores as the network's making wrote them for this server
   */
  TlsZooKeeper(Path data, Path stores) throws Exception {
    String password = stores.resolve("store.password").toString();
    settings =
        Map.of(
            "zookeeper.ssl.keyStore.location", stores.resolve("keystore.p12").toString(),
            "zookeeper.ssl.keyStore.passwordPath", password,
            "zookeeper.ssl.trustStore.location", stores.resolve("truststore.p12").toString(),
            "zookeeper.ssl.trustStore.passwordPath", password,
            "zookeeper.ssl.protocol", "TLSv1.3",
            "zookeeper.ssl.clientAuth", "need",
            "zookeeper.ssl.clientHostnameVerification", "false",
            "zookeeper.authProvider.x509",
                "org.apache.zookeeper.server.auth.X509AuthenticationProvider",
            "zookeeper.admin.enableServer", "false",
            "zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory");
    settings.forEach(System::setProperty);
    ZooKeeperServer server = new ZooKeeperServer(data.toFile(), data.toFile(), TICK_MILLIS);
    server.setMinSessionTimeout(200);
    connections = ServerCnxnFactory.createFactory();
    connections.configure(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100, -1, true);
    connections.startup(server);
  }

  int port() {
    return connections.getLocalPort();
  }

  @Override
  public void close() {
    connections.shutdown();
    settings.keySet().forEach(System::clearProperty);
  }
}
