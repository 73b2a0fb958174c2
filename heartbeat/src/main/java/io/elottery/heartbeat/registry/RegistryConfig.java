package io.elottery.heartbeat.registry;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a main reaches the registry.
 *
 * @param servers {@code registry.servers}: ZooKeeper's TLS addresses
 * @param stores {@code registry.key-store}, {@code registry.trust-store} (PKCS #12) and {@code
 *     registry.password-file}, the password of both
 * @param mains {@code registry.mains}: all mains of the network; nobody else may read or write what
 *     is stored. One that is missing is shut out
 * @param sessionTimeout {@code registry.session-timeout} (2 s): too low and a pause of the JVM
 *     costs the leadership, too high and a dead leader is replaced late
 * @param root {@code registry.root} ({@code elottery}): the directory everything lies in
 */
public record RegistryConfig(
    List<Address> servers,
    Stores stores,
    List<NodeId> mains,
    Duration sessionTimeout,
    String root) {
  /** The default session time-out. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration SESSION_TIMEOUT_MIN = Duration.ofMillis(200);
  private static final String ROOT = "elottery";

  /** Copies the lists. */
  public RegistryConfig {
    servers = List.copyOf(servers);
    mains = List.copyOf(mains);
    if (sessionTimeout.compareTo(SESSION_TIMEOUT_MIN) < 0) {
      throw new IllegalArgumentException("session time-out " + sessionTimeout + ": from 200ms");
    }
  }

  /**
   * This main's certificate and whom it trusts, as files.
   *
   * @param key PKCS #12
   * @param trust PKCS #12
   * @param password file that holds the password of both
   */
  public record Stores(Path key, Path trust, Path password) {}

  /** With the default time-out and root. */
  public static RegistryConfig of(List<Address> servers, Stores stores, List<NodeId> mains) {
    return new RegistryConfig(servers, stores, mains, SESSION_TIMEOUT, ROOT);
  }

  /** Reads the keys above; the stores lie in {@code defaultStores} where not said otherwise. */
  public static RegistryConfig from(
      ConfigSource config, Stores defaultStores, List<NodeId> defaultMains) {
    Stores stores =
        new Stores(
            config.path("registry.key-store", defaultStores.key),
            config.path("registry.trust-store", defaultStores.trust),
            config.secretFile("registry.password-file", defaultStores.password));
    Duration timeout = config.duration("registry.session-timeout", SESSION_TIMEOUT);
    if (timeout.compareTo(SESSION_TIMEOUT_MIN) < 0) {
      config.refuse("registry.session-timeout", "expected 200ms or more");
      timeout = SESSION_TIMEOUT;
    }
    return new RegistryConfig(
        servers(config),
        stores,
        mains(config, defaultMains),
        timeout,
        config.text("registry.root", ROOT));
  }

  private static List<Address> servers(ConfigSource config) {
    try {
      List<Address> servers =
          config.list("registry.servers", List.of()).stream().map(Address::parse).toList();
      if (servers.isEmpty()) {
        config.refuse("registry.servers", "expected at least one host:port");
      }
      return servers;
    } catch (IllegalArgumentException malformed) {
      config.refuse("registry.servers", String.valueOf(malformed.getMessage()));
      return List.of();
    }
  }

  private static List<NodeId> mains(ConfigSource config, List<NodeId> defaults) {
    try {
      List<String> names = defaults.stream().map(NodeId::name).toList();
      return config.list("registry.mains", names).stream().map(NodeId::of).toList();
    } catch (IllegalArgumentException malformed) {
      config.refuse("registry.mains", String.valueOf(malformed.getMessage()));
      return defaults;
    }
  }
}
