package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.netty.TestAuthority;
import io.elottery.heartbeat.registry.RegistryConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * One real ZooKeeper server that speaks TLS only, in this JVM. Its settings are system properties,
 * so there is one at a time.
 */
final class TlsZooKeeper implements AutoCloseable {
  private static final int TICK_MILLIS = 100;

  private final Path dir;
  private final TestAuthority authority;
  private final TestAuthority stranger;
  private final Map<String, String> settings = new TreeMap<>();
  private ZooKeeperServer server;
  private ServerCnxnFactory connections;
  private int port;

  TlsZooKeeper(Path dir) throws Exception {
    this.dir = dir;
    this.authority = new TestAuthority("ours");
    this.stranger = new TestAuthority("theirs");
    authority.writeStores(dir.resolve("zookeeper"), "zookeeper-1", "zookeeper");
    Path stores = dir.resolve("zookeeper");
    settings.put("zookeeper.ssl.protocol", "TLSv1.3");
    settings.put("zookeeper.ssl.enabledProtocols", "TLSv1.3");
    settings.put("zookeeper.ssl.clientAuth", "need");
    settings.put("zookeeper.ssl.keyStore.type", "PKCS12");
    settings.put("zookeeper.ssl.keyStore.location", stores.resolve("keystore.p12").toString());
    settings.put(
        "zookeeper.ssl.keyStore.passwordPath", stores.resolve("store.password").toString());
    settings.put("zookeeper.ssl.trustStore.type", "PKCS12");
    settings.put("zookeeper.ssl.trustStore.location", stores.resolve("truststore.p12").toString());
    settings.put(
        "zookeeper.ssl.trustStore.passwordPath", stores.resolve("store.password").toString());
    settings.put("zookeeper.authProvider.x509", MainsOnly.class.getName());
    settings.put("zookeeper.admin.enableServer", "false");
    settings.put(
        "zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory");
    settings.forEach(System::setProperty);
    up();
  }

  /** Starts again on the same port and data. */
  void up() throws Exception {
    server =
        new ZooKeeperServer(dir.resolve("data").toFile(), dir.resolve("log").toFile(), TICK_MILLIS);
    server.setMinSessionTimeout(200);
    connections = ServerCnxnFactory.createFactory();
    connections.configure(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100, -1, true);
    connections.startup(server);
    port = connections.getLocalPort();
  }

  void down() {
    connections.shutdown();
  }

  int port() {
    return port;
  }

  /** How a main of this network connects. */
  RegistryConfig configOf(String node, String role) throws Exception {
    return configOf(authority, node, role);
  }

  /** With a certificate of another authority, though it trusts this one's server. */
  RegistryConfig strangersConfig(String node) throws Exception {
    RegistryConfig config = configOf(stranger, node, "main");
    Path ours = dir.resolve("zookeeper");
    return RegistryConfig.of(
        config.servers(),
        new RegistryConfig.Stores(
            config.stores().key(), ours.resolve("truststore.p12"), config.stores().password()),
        config.mains());
  }

  private RegistryConfig configOf(TestAuthority by, String node, String role) throws Exception {
    Path stores = dir.resolve(node + "-" + role);
    by.writeStores(stores, node, role);
    RegistryConfig config =
        RegistryConfig.of(
            List.of(new Address("127.0.0.1", port)),
            new RegistryConfig.Stores(
                stores.resolve("keystore.p12"),
                stores.resolve("truststore.p12"),
                stores.resolve("store.password")),
            List.of(NodeId.of("main-1"), NodeId.of("main-2"), NodeId.of("main-3")));
    return new RegistryConfig(
        config.servers(),
        config.stores(),
        config.mains(),
        java.time.Duration.ofMillis(1000),
        config.root());
  }

  @Override
  public void close() {
    down();
    settings.keySet().forEach(System::clearProperty);
  }
}
