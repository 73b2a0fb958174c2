package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.nodekeys.KeyStoreUnreadable;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.nodekeys.StoreFiles;
import io.elottery.keyvault.revocation.Revocations;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ZooKeeper server, alone or in an ensemble: a TLS 1.3 port for mains that refuses whoever has
 * no certificate of the network's authority, and nothing else: no plain port, no admin server, no
 * four-letter words. Members of an ensemble talk to each other by {@link QuorumTls}.
 *
 * <p>ZooKeeper takes its TLS settings from system properties, so there is one in a JVM.
 */
public final class ZooKeeperNode implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(ZooKeeperNode.class);
  private static final int CONNECTIONS_MAX = 100;
  private static final int SNAPSHOTS_KEPT = 3;
  private static final int CLEANUP_HOURS = 1;
  private static final String NETTY = "org.apache.zookeeper.server.NettyServerCnxnFactory";

  private final ZooKeeperConfig config;
  private final NettyRuntime runtime;
  private final Runnable stop;
  private @Nullable MainTrunks trunks;
  // Set by the starting thread; read by the loop of the trunks.
  private volatile @Nullable ServerCnxnFactory connections;
  private volatile @Nullable Serving serving;
  private @Nullable DatadirCleanupManager purge;

  /**
   * @param runtime for its trunks to the mains
   * @param stop told when the server stops by itself; must not wait
   */
  public ZooKeeperNode(ZooKeeperConfig config, NettyRuntime runtime, Runnable stop) {
    this.config = config;
    this.runtime = runtime;
    this.stop = stop;
  }

  @Override
  public void start() {
    settings().forEach(System::setProperty);
    Revocations revocations = Revocations.open(config.dir().resolve("revocations"), Runnable::run);
    MainsOnly.refuse(revocations);
    revocations.onChange(newer -> closeRevoked());
    try {
      boolean alone = config.ensemble().isEmpty();
      RenewedKey quorumKey = alone ? null : QuorumTls.use(config, revocations);
      ServerCnxnFactory factory = ServerCnxnFactory.createFactory();
      factory.configure(
          new InetSocketAddress(config.listen().host(), config.listen().port()),
          CONNECTIONS_MAX,
          -1,
          true);
      connections = factory;
      serving = alone ? LoneServer.start(config, factory) : QuorumServing.start(config, factory);
      File data = config.data().toFile();
      DatadirCleanupManager cleanup =
          new DatadirCleanupManager(data, data, SNAPSHOTS_KEPT, CLEANUP_HOURS);
      cleanup.start();
      purge = cleanup;
      trunks = trunks(revocations, quorumKey);
      log.info("{} serves at {}, TLS with client certificates only", config.node(), address());
    } catch (IOException failed) {
      throw new UncheckedIOException(
          config.node() + " at " + config.listen() + ": " + failed.getMessage(), failed);
    } catch (GeneralSecurityException unreadable) {
      throw new IllegalStateException(
          config.node() + ": " + config.keyStore() + " is not a key store of ours", unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop.run();
    }
  }

  private @Nullable MainTrunks trunks(Revocations revocations, @Nullable RenewedKey quorumKey) {
    Path stores = config.keyStore().toAbsolutePath().getParent();
    if (config.mains().isEmpty() || stores == null || !isOurs(StoreFiles.in(stores))) {
      log.warn(
          "{} has no mains or stores of its own: its certificate is renewed by hand",
          config.node());
      return null;
    }
    RandomSource random = new SecureRandomSource();
    try {
      Path directory = config.dir().resolve("keys");
      NodeKeys keys = NodeKeys.open(directory, config.node(), Role.ZOOKEEPER, random);
      if (keys.certificate().isEmpty()) {
        log.warn("{} has no certificate in {}: renewed by hand", config.node(), directory);
        return null;
      }
      keys.exportTo(stores, random);
      MainTrunks made =
          new MainTrunks(
              keys,
              config.mains(),
              config.own(),
              revocations,
              runtime,
              () -> renewed(keys, stores, random, quorumKey),
              stop);
      made.start();
      return made;
    } catch (KeyStoreUnreadable unreadable) {
      throw new IllegalStateException(unreadable.getMessage(), unreadable);
    }
  }

  private boolean isOurs(StoreFiles files) {
    return files.keyStore().equals(config.keyStore().toAbsolutePath())
        && files.trustStore().equals(config.trustStore().toAbsolutePath())
        && files.password().equals(config.password().toAbsolutePath());
  }

  // On whichever thread brought the list. The sessions end, and with them what a revoked main
  // leads.
  private void closeRevoked() {
    ServerCnxnFactory factory = connections;
    Serving running = serving;
    if (factory == null || running == null) {
      return;
    }
    for (ServerCnxn connection : factory.getConnections()) {
      Certificate[] chain = connection.getClientCertificateChain();
      if (chain != null && chain.length > 0 && chain[0] instanceof X509Certificate client) {
        MainsOnly.refusal(client)
            .ifPresent(
                why -> {
                  log.warn("{} closes a session: {}", config.node(), why);
                  running
                      .active()
                      .ifPresent(server -> server.closeSession(connection.getSessionId()));
                  connection.close(ServerCnxn.DisconnectReason.CONNECTION_CLOSE_FORCED);
                });
      }
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
    MainTrunks dialled = trunks;
    trunks = null;
    if (dialled != null) {
      dialled.close();
    }
    DatadirCleanupManager cleanup = purge;
    purge = null;
    if (cleanup != null) {
      cleanup.shutdown();
    }
    connections = null;
    Serving running = serving;
    serving = null;
    if (running != null) {
      running.stop();
    }
  }

  private void renewed(
      NodeKeys keys, Path stores, RandomSource random, @Nullable RenewedKey quorumKey) {
    try {
      keys.exportTo(stores, random);
      if (quorumKey != null) {
        quorumKey.reload();
      }
    } catch (KeyStoreUnreadable | IOException | GeneralSecurityException problem) {
      // The old files hold on until the old certificate ends; the next start writes them again.
      log.error("{} is renewed, but not for its clients: {}", config.node(), problem.getMessage());
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
        Map.entry("zookeeper.authProvider.x509", MainsOnly.class.getName()),
        // A renewed certificate is shown without a restart.
        Map.entry("zookeeper.client.certReload", "true"),
        Map.entry("zookeeper.ssl.quorum.context.supplier.class", QuorumTls.class.getName()),
        Map.entry("zookeeper.ssl.quorum.enabledProtocols", "TLSv1.3"),
        Map.entry("zookeeper.ssl.quorum.clientAuth", "need"),
        Map.entry("zookeeper.admin.enableServer", "false"),
        Map.entry("zookeeper.4lw.commands.whitelist", ""),
        // The only one of its two factories that can do TLS.
        Map.entry("zookeeper.serverCnxnFactory", NETTY));
  }
}
